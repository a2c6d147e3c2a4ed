"""What a path needs: one resource for all of its actions, every type of it, and the own account."""

import pytest

from rolecall.model.access_graph import Certainty, graph_of
from rolecall.model.managed_policies import ManagedPolicy
from rolecall.model.principals import PolicyKind
from rolecall.policy import Policy
from tests.builders import ACCOUNT, FOREIGN, account, document, held, role, trust_of, user

EVERYTHING = held("*")
FUNCTIONS = f"arn:aws:lambda:*:{ACCOUNT}:function"
ROLES = f"arn:aws:iam::{ACCOUNT}:role"
ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"
AWS = "arn:aws:iam::aws:policy"
OWN = f"arn:aws:iam::{ACCOUNT}:policy"
LAUNCHED = ("instance", "network-interface", "security-group", "subnet")


def path_of(*policies, service="lambda.amazonaws.com", policies_of_account=(), **fields):
    """Return the path by which alice, who has the policies, becomes an administrator."""
    alice = user("alice", policies=policies, **fields)
    worker = role("worker", trust=trust_of({"Service": service}), policies=(EVERYTHING,))
    snapshot = account(alice, roles=[worker], managed_policies=policies_of_account)
    chain = graph_of(snapshot).to_administrator(alice.arn)
    return (chain.steps[0].path.id, chain.certainty) if chain else None


def attaching(*arns, action="iam:AttachUserPolicy", on=ALICE, effect="Allow"):
    """Build the right to attach some policies alone, or the denial of these."""
    condition = {"ArnLike": {"iam:PolicyARN": list(arns)}}
    return held(action, on, Condition=condition, effect=effect)


def managed(name="tool", statement=None, **fields):
    policy = Policy.parse(statement or document("s3:ListBucket"))
    return ManagedPolicy(name=name, arn=f"{OWN}/{name}", policy=policy, **fields)


def holding(policy):
    """Return that alice holds a managed policy of the account."""
    return held("s3:*", kind=PolicyKind.CUSTOMER_MANAGED, name=policy.name, arn=policy.arn)


@pytest.mark.parametrize(
    ("created", "attached", "expected"),
    [
        ("app/*", "other/*", None),
        ("app/*", "app/*", ("iam-new-role-attach", Certainty.GRANTED)),
        ("app/*", "*", ("iam-new-role-attach", Certainty.GRANTED)),
    ],
)
def test_makes_and_raises_one_and_the_same_role(created, attached, expected):
    rights = [
        held("iam:CreateRole", f"{ROLES}/{created}"),
        held("iam:AttachRolePolicy", f"{ROLES}/{attached}"),
    ]

    assert path_of(*rights) == expected


@pytest.mark.parametrize(
    ("invoked", "expected"),
    [("app-*", ("lambda-001", Certainty.GRANTED)), ("other-*", None)],
)
def test_invokes_the_function_that_it_creates(invoked, expected):
    rights = [
        held("iam:PassRole"),
        held("lambda:CreateFunction", f"{FUNCTIONS}:app-*"),
        held("lambda:InvokeFunction", f"{FUNCTIONS}:{invoked}"),
    ]

    assert path_of(*rights) == expected


@pytest.mark.parametrize("account_id", [ACCOUNT, FOREIGN])
def test_creates_functions_in_its_own_account(account_id):
    functions = held("lambda:*", f"arn:aws:lambda:us-east-1:{account_id}:function:*")

    found = path_of(held("iam:PassRole"), functions)

    assert (found is not None) is (account_id == ACCOUNT)


@pytest.mark.parametrize("missing", [*LAUNCHED, "image", None])
def test_launches_instances_only_with_all_that_these_need(missing):
    resources = [f"arn:aws:ec2:*:*:{kind}/*" for kind in (*LAUNCHED, "image") if kind != missing]
    rights = [held("iam:PassRole"), held("ec2:RunInstances", resources)]

    found = path_of(*rights, service="ec2.amazonaws.com")

    assert (found is not None) is (missing is None)


def test_launches_no_instances_where_instances_are_denied():
    rights = held(["iam:PassRole", "ec2:RunInstances"])
    deny = held("ec2:RunInstances", "arn:aws:ec2:*:*:instance/*", effect="Deny")

    assert path_of(rights, service="ec2.amazonaws.com")
    assert path_of(rights, deny, service="ec2.amazonaws.com") is None


@pytest.mark.parametrize("account_id", [ACCOUNT, FOREIGN])
def test_sends_commands_to_instances_of_its_own_account(account_id):
    resources = ["arn:aws:ssm:*::document/*", f"arn:aws:ec2:*:{account_id}:instance/*"]

    found = path_of(held("ssm:SendCommand", resources), service="ec2.amazonaws.com")

    assert (found is not None) is (account_id == ACCOUNT)


@pytest.mark.parametrize(
    ("arn", "expected"),
    [
        (f"{AWS}/AdministratorAccess", ("iam-008", Certainty.GRANTED)),
        (f"{AWS}/IAMFullAccess", ("iam-008", Certainty.GRANTED)),
        (f"{OWN}/strong", ("iam-008", Certainty.GRANTED)),
        (f"{OWN}/weak", None),
        (f"{AWS}/PowerUserAccess", None),
        (f"{AWS}/ReadOnlyAccess", None),
    ],
)
def test_attaches_any_policy_that_makes_administrators(arn, expected):
    known = [managed("strong", document("iam:*")), managed("weak")]

    assert path_of(attaching(arn), policies_of_account=known) == expected


def test_attaches_what_a_denial_leaves():
    right = held("iam:AttachUserPolicy", ALICE)
    administrator = attaching(f"{AWS}/AdministratorAccess", effect="Deny")
    both = attaching(f"{AWS}/AdministratorAccess", f"{AWS}/IAMFullAccess", effect="Deny")

    assert path_of(right, administrator) == ("iam-008", Certainty.GRANTED)
    assert path_of(right, both) is None


@pytest.mark.parametrize(
    ("created", "expected"),
    [
        ("*", ("iam-008-created-policy", Certainty.GRANTED)),
        (f"{OWN}/app/*", ("iam-008-created-policy", Certainty.GRANTED)),
        (f"{OWN}/other/*", None),
    ],
)
def test_attaches_a_policy_that_it_creates(created, expected):
    assert path_of(attaching(f"{OWN}/app/*"), held("iam:CreatePolicy", created)) == expected


def test_makes_a_role_with_a_policy_that_it_creates():
    attach = attaching(f"{OWN}/*", action="iam:AttachRolePolicy", on=f"{ROLES}/app/*")
    create = held(["iam:CreatePolicy", "iam:CreateRole"])

    assert path_of(attach, create) == ("iam-new-role-attach-created-policy", Certainty.GRANTED)
    assert path_of(attach, held("iam:CreateRole")) is None


def test_attaches_a_policy_that_it_rewrites():
    rewrite = held("iam:CreatePolicyVersion", f"{OWN}/tool")
    known = [managed("tool")]

    found = path_of(attaching(f"{OWN}/*"), rewrite, policies_of_account=known)

    assert found == ("iam-008-rewritten-policy", Certainty.GRANTED)
    assert path_of(attaching(f"{OWN}/x"), rewrite, policies_of_account=known) is None


def test_puts_a_version_in_force_that_makes_it_an_administrator():
    tool = managed(earlier={"v2": Policy.parse(document())})
    right = held("iam:SetDefaultPolicyVersion")

    found = path_of(right, holding(tool), policies_of_account=[tool])

    assert found == ("iam-default-version", Certainty.GRANTED)


@pytest.mark.parametrize("earlier", [{}, {"v2": Policy.parse(document("s3:*"))}])
def test_gains_nothing_of_versions_that_make_no_administrator(earlier):
    tool = managed(earlier=earlier)
    right = held("iam:SetDefaultPolicyVersion")

    assert path_of(right, holding(tool), policies_of_account=[tool]) is None


def test_says_so_where_a_version_could_not_be_read():
    tool = managed(unread_versions=("v2",))
    alice = user("alice", policies=(held("iam:SetDefaultPolicyVersion"), holding(tool)))
    graph = graph_of(account(alice, managed_policies=(tool,)))

    chain = graph.to_administrator(alice.arn)

    assert chain.certainty is Certainty.CONDITIONAL
    assert chain.conditions == (
        "a version of the policy that the snapshot does not show makes administrators",
    )
