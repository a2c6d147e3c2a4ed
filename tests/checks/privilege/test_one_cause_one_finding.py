"""Of whoever has too much, everything is told, and nothing twice."""

import pytest

from rolecall.catalog import CHECKS
from rolecall.model.organization import Guardrails
from rolecall.model.principals import PolicyKind
from rolecall.policy import Policy
from tests.builders import ACCOUNT, account, document, group, held, role, trust_of, user

MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}
NO_MFA = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
NO_ROOT = {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}}
EC2 = trust_of({"Service": "ec2.amazonaws.com"})
AWS_ADMIN = held(
    name="AdministratorAccess",
    kind=PolicyKind.AWS_MANAGED,
    arn="arn:aws:iam::aws:policy/AdministratorAccess",
)
EVERYTHING = Policy.parse(document())
ROOT_DENIED = Policy.parse(document(effect="Deny", Condition=NO_ROOT), name="no-root")


def told(*users, roles=(), **fields):
    """Return the rules that tell of anything, each as often as it does, by severity."""
    snapshot = account(*users, roles=roles, **fields)
    return [
        f"{check.id} {(check.severity if each.severity is None else each.severity).name}"
        for check in CHECKS
        if "over-privilege" in check.audits
        for each in check.judge(snapshot, check.parameters)
    ]


def alice(*policies, **fields):
    return told(user("alice", policies=policies, **fields))


def worker(*policies, **fields):
    return told(roles=[role("worker", trust=EC2, policies=policies, **fields)])


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (alice(held("*")), ["administrator-access CRITICAL"]),
        (alice(AWS_ADMIN), ["administrator-access CRITICAL"]),
        (alice(held("*"), AWS_ADMIN), ["administrator-access CRITICAL"]),
        (alice(held("*", Condition=MFA)), ["administrator-access HIGH"]),
        (
            alice(held("*"), held("*", effect="Deny", Condition=NO_MFA)),
            ["administrator-access HIGH"],
        ),
        (alice(held("*"), held("*", effect="Deny")), ["administrator-access INFORMATIONAL"]),
        (
            alice(held("*"), boundary=held("s3:ListAllMyBuckets").policy),
            ["administrator-access INFORMATIONAL", "service-wildcard LOW"],
        ),
        (alice(held("iam:AttachUserPolicy")), ["privilege-escalation HIGH"]),
        (alice(held("iam:AttachUserPolicy", Condition=MFA)), ["privilege-escalation LOW"]),
        (worker(held("*")), ["administrator-access HIGH"]),
        (worker(held("iam:PutRolePolicy")), ["privilege-escalation HIGH"]),
        (worker(held("s3:PutBucketPolicy")), ["sensitive-rights HIGH"]),
        (worker(held("backup:PutBackupVaultSharingPolicy")), ["strong-workload-role LOW"]),
        (alice(held("s3:ListAllMyBuckets")), []),
        (alice(), []),
    ],
)
def test_each_cause_is_one_finding(found, expected):
    assert found == expected


def test_a_group_of_administrators_is_told_by_its_members():
    admins = group("admins", policies=(held("*"),), members=("alice",))
    member = user("alice", policies=(held("*", group="admins"),), groups=("admins",))

    assert told(member, groups=(admins,)) == ["administrator-access CRITICAL"]


def test_a_guardrail_for_the_root_user_makes_no_group_conditional():
    levels = ((EVERYTHING,), (EVERYTHING, ROOT_DENIED))
    admins = group("admins", policies=(held("*"),), members=("alice",))
    member = user("alice", policies=(held("*", group="admins"),), groups=("admins",))
    joiner = user(
        "bob", policies=(held("iam:AddUserToGroup", f"arn:aws:iam::{ACCOUNT}:group/admins"),)
    )

    found = told(member, joiner, groups=(admins,), guardrails=Guardrails(scps=levels))

    assert found == ["administrator-access CRITICAL", "privilege-escalation HIGH"]
