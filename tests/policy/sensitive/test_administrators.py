import pytest

from rolecall.policy import Policy, PolicySet, action_index
from rolecall.policy.sensitive.administrators import (
    breadth_together,
    is_administrator,
    makes_administrator,
    ruling,
)
from rolecall.policy.sensitive.breadth import limits_of

WITH_MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
RAISES_AND_BECOMES = [
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:UpdateAssumeRolePolicy",
    "iam:CreateAccessKey",
]
KEYS_AND_PASSWORDS = ["iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile"]
TRUST = ["iam:CreateRole", "iam:UpdateAssumeRolePolicy"]
POLICIES_OF_USERS = ["iam:AttachUserPolicy", "iam:PutUserPolicy"]
POLICIES_OF_ROLES = ["iam:AttachRolePolicy", "iam:PutRolePolicy"]


def policy(action=None, resource="*", effect="Allow", **more):
    actions = {"Action": action} if action else {}
    statement = {"Effect": effect, "Resource": resource, **actions, **more}
    return Policy.parse({"Version": "2012-10-17", "Statement": [statement]})


def deny(action, resource="*", **more):
    return policy(action, resource, effect="Deny", **more)


def everything_but(actions):
    return Policy.parse(
        {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Action": "*", "Resource": "*"},
                {"Effect": "Deny", "Action": actions, "Resource": "*"},
            ],
        }
    )


ADMINISTRATOR_ACCESS = policy("*")
POWER_USER_ACCESS = Policy.parse(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "NotAction": ["iam:*", "organizations:*", "account:*"],
                "Resource": "*",
            },
            {
                "Effect": "Allow",
                "Action": ["iam:CreateServiceLinkedRole", "iam:List*", "organizations:Describe*"],
                "Resource": "*",
            },
        ],
    }
)


@pytest.mark.parametrize(
    "policies",
    [
        [ADMINISTRATOR_ACCESS],
        [policy("*:*")],
        [policy("iam:*")],
        [policy(RAISES_AND_BECOMES)],
        [policy(RAISES_AND_BECOMES[:2]), policy(RAISES_AND_BECOMES[2:])],
        [policy(NotAction="s3:*")],
        [policy(NotAction="iam:CreateAccessKey")],
        [policy("*", "arn:aws:iam::111122223333:*")],
    ],
    ids=[
        "AdministratorAccess",
        "a star for the service",
        "IAMFullAccess",
        "the least",
        "split over two policies",
        "all but a service",
        "all but an action of IAM",
        "all of the account's identities",
    ],
)
def test_is_an_administrator(policies):
    assert is_administrator(PolicySet(identity=tuple(policies), account_id="111122223333"))


@pytest.mark.parametrize(
    "broad",
    [
        POWER_USER_ACCESS,
        policy(NotAction="iam:*"),
        policy("iam:PutUserPolicy"),
        policy([*POLICIES_OF_ROLES, *TRUST]),
        policy("*", "arn:aws:iam::*:role/dev-*"),
        policy("*", Condition=WITH_MFA),
    ],
    ids=[
        "PowerUserAccess",
        "all but IAM",
        "one path",
        "one way",
        "some roles",
        "with MFA",
    ],
)
def test_is_no_administrator_for_certain(broad):
    assert not is_administrator(PolicySet(identity=(broad,)))


def by_boundary(actions):
    return PolicySet(identity=(ADMINISTRATOR_ACCESS,), boundary=everything_but(actions))


def by_guardrail(actions):
    level = (ADMINISTRATOR_ACCESS, deny(actions))
    return PolicySet(identity=(ADMINISTRATOR_ACCESS,), scps=((ADMINISTRATOR_ACCESS,), level))


def by_deny(actions):
    return PolicySet(identity=(ADMINISTRATOR_ACCESS, deny(actions)))


limited = pytest.mark.parametrize("limited", [by_boundary, by_guardrail, by_deny])


@limited
@pytest.mark.parametrize(
    "actions",
    [
        ["iam:CreateAccessKey"],
        ["iam:UpdateAssumeRolePolicy"],
        ["sts:AssumeRole"],
        ["ec2:*"],
        KEYS_AND_PASSWORDS,
        POLICIES_OF_USERS,
        [*POLICIES_OF_ROLES, "iam:CreateRole"],
        [*KEYS_AND_PASSWORDS, *TRUST],
    ],
    ids=str,
)
def test_stays_one_while_a_way_is_left(limited, actions):
    assert is_administrator(limited(actions))


@limited
@pytest.mark.parametrize(
    "actions",
    [
        ["iam:*"],
        [*POLICIES_OF_USERS, *POLICIES_OF_ROLES],
        [*KEYS_AND_PASSWORDS, *POLICIES_OF_ROLES],
        [*POLICIES_OF_USERS, "sts:AssumeRole"],
    ],
    ids=["IAM", "policies", "no way that is whole", "nobody to become"],
)
def test_is_none_where_every_way_is_cut(limited, actions):
    assert not is_administrator(limited(actions))


def test_raising_itself_is_no_way_to_what_the_limits_take():
    only_policies = policy([*POLICIES_OF_USERS, *POLICIES_OF_ROLES])
    held = PolicySet(identity=(ADMINISTRATOR_ACCESS,), boundary=only_policies)

    assert not is_administrator(held)


def test_a_deny_of_protected_roles_leaves_all_others():
    protected = deny("iam:*", "arn:aws:iam::*:role/security/*")

    assert is_administrator(PolicySet(identity=(ADMINISTRATOR_ACCESS, protected)))


def test_a_deny_of_all_but_some_roles_leaves_no_administrator():
    all_but_own = Policy.parse(
        {
            "Version": "2012-10-17",
            "Statement": {
                "Effect": "Deny",
                "Action": "iam:*",
                "NotResource": "arn:aws:iam::*:role/dev-*",
            },
        }
    )

    assert not is_administrator(PolicySet(identity=(ADMINISTRATOR_ACCESS, all_but_own)))


@pytest.mark.parametrize(
    "policies",
    [
        PolicySet(identity=(policy("*", Condition=WITH_MFA),)),
        PolicySet(
            identity=(
                ADMINISTRATOR_ACCESS,
                deny("*", Condition={"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}),
            )
        ),
    ],
    ids=["allowed with MFA", "denied without MFA"],
)
def test_conditions_make_it_conditional(policies):
    found = ruling(breadth_together(policies), limits_of(policies))

    assert not found.granted
    assert found.conditional


def test_what_the_limits_take_is_blocked():
    policies = by_guardrail(["iam:*"])

    found = ruling(breadth_together(policies), limits_of(policies))

    assert makes_administrator(breadth_together(policies))
    assert found.blocked & action_index().expand("iam:PutUserPolicy")
    assert not found.granted | found.conditional
