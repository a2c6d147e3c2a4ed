import pytest

from rolecall.model.pipelines import Pipeline, Pipelines, parse_pipelines
from rolecall.model.settings import SettingsError
from tests.builders import event, role_identity

TERRAFORM = "APN/1.0 HashiCorp/1.0 Terraform/1.9.8 terraform-provider-aws/5.80.0"
DECLARED = Pipelines(roles=("arn:aws:iam::*:role/terraform-*",))
DEPLOYMENT = role_identity("anna", invokedBy="cloudformation.amazonaws.com")


def pipeline(pipelines, role="terraform-apply", agent="aws-cli/2.31.0", **fields):
    call = event("PutRolePolicy", **{"actor": role_identity(role), "userAgent": agent, **fields})
    return pipelines.recognized(call).pipeline


@pytest.mark.parametrize("pipelines", [Pipelines(), DECLARED])
def test_cloudformation_is_one_whatever_is_declared(pipelines):
    assert pipeline(pipelines, actor=DEPLOYMENT) == Pipeline("CloudFormation", is_sure=True)


def test_a_client_that_calls_itself_one_is_believed_where_none_is_declared():
    assert pipeline(Pipelines(), agent=TERRAFORM) == Pipeline("Terraform", is_sure=False)
    assert pipeline(Pipelines()) is None


def test_a_declared_role_is_one_with_any_client():
    assert pipeline(DECLARED) == Pipeline("code", is_sure=True)
    assert pipeline(DECLARED, agent=TERRAFORM) == Pipeline("Terraform", is_sure=True)


def test_another_role_is_none_whatever_it_calls_itself():
    assert pipeline(DECLARED, role="anna", agent=TERRAFORM) is None


def test_a_user_is_none_where_roles_are_declared():
    user = {"type": "IAMUser", "userName": "terraform-apply"}

    assert pipeline(DECLARED, actor=user, agent=TERRAFORM) is None


def test_with_role_and_client_declared_both_have_to_fit():
    both = Pipelines(roles=DECLARED.roles, user_agents=("*Terraform*",))

    assert pipeline(both) is None
    assert pipeline(both, role="anna", agent=TERRAFORM) is None
    assert pipeline(both, agent=TERRAFORM)


def test_a_declared_client_alone_may_be_anybody():
    ours = Pipelines(user_agents=("our-deployer/*",))

    assert pipeline(ours, agent="our-deployer/3") == Pipeline("code", is_sure=False)
    assert pipeline(ours, agent=TERRAFORM) is None


def test_only_what_nobody_can_pass_for_is_surely_from_code():
    assert DECLARED.recognized(event(actor=role_identity("terraform-1"))).is_from_code
    assert not Pipelines().recognized(event(userAgent=TERRAFORM)).is_from_code
    assert not event().is_from_code


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ({}, ""),
        ({"aws:cloudformation:stack-name": "app"}, "CloudFormation stack app"),
        ({"state": "network"}, "Terraform state network"),
        ({"state": "", "workspace": "prod"}, "Terraform state prod"),
        ({"state": "x", "aws:cloudformation:stack-name": "app"}, "CloudFormation stack app"),
        ({"State": "network"}, ""),
    ],
)
def test_says_what_code_describes_whatever_has_these_tags(tags, said):
    assert Pipelines(state_tags=("state", "workspace")).code_of(tags) == said


def test_reads_the_section():
    content = {"roles": ["arn:aws:iam::*:role/ci/*-deploy"], "user_agents": ["x*"]}

    assert parse_pipelines(content) == Pipelines(
        roles=("arn:aws:iam::*:role/ci/*-deploy",), user_agents=("x*",)
    )


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ({"role": []}, "pipelines.role is no key that exists"),
        ({"roles": "arn:aws:iam::*:role/x"}, "pipelines.roles should be a list of texts"),
        ({"roles": ["terraform"]}, "pipelines.roles should list ARNs of roles"),
        ({"roles": ["arn:aws:iam::*:role/*"]}, "pipelines.roles should list ARNs of roles"),
        ({"roles": ["arn:aws:iam::*:user/x"]}, "pipelines.roles should list ARNs of roles"),
        ({"user_agents": ["*"]}, "pipelines.user_agents should name something"),
        ({"state_tags": [""]}, "pipelines.state_tags should name something"),
    ],
)
def test_refuses_what_makes_no_sense(content, problem):
    with pytest.raises(SettingsError, match=problem.replace(".", r"\.")):
        parse_pipelines(content)
