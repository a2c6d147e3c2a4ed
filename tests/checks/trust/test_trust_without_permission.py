import pytest

from rolecall.checks.privilege.privilege_escalation import privilege_escalation
from rolecall.checks.trust.trust_without_permission import trust_without_permission
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, account, held, role, trust_of, user

OWN = {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}}
SOME_ORGANIZATION = {"StringEquals": {"aws:PrincipalOrgID": "o-another"}}


def an_account(condition, *policies, principal="*"):
    trust = trust_of({"AWS": principal}, condition)
    return account(user("eve"), roles=[role("open", trust=trust, policies=policies)])


def test_tells_an_administrator_that_everybody_can_become():
    [evidence] = trust_without_permission.judge(an_account(OWN, held("*")), {})

    assert evidence.severity is Severity.HIGH
    assert evidence.verdict == "granted"
    assert evidence.summary == (
        "role open can be assumed by everybody in the account, permitted or not,"
        " and is an administrator"
    )


def test_tells_it_once_and_not_as_an_escalation_of_each_principal():
    assert not privilege_escalation.judge(an_account(OWN, held("*")), {})


def test_a_role_that_can_become_an_administrator_weighs_less():
    [evidence] = trust_without_permission.judge(an_account(OWN, held("iam:PutRolePolicy")), {})

    assert evidence.severity is Severity.MEDIUM
    assert evidence.summary.endswith("and can become an administrator")


def test_an_ordinary_role_is_low():
    [evidence] = trust_without_permission.judge(an_account(OWN, held("s3:ListBucket")), {})

    assert evidence.severity is Severity.LOW


@pytest.mark.parametrize("principal", [ACCOUNT, f"arn:aws:iam::{ACCOUNT}:user/eve"])
def test_accepts_trust_in_the_account_or_in_one_principal(principal):
    assert not trust_without_permission.judge(an_account(OWN, held("*"), principal=principal), {})


def test_leaves_what_is_public_and_what_keeps_the_account_out_to_other_rules():
    named = {"ArnEquals": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:user/eve"}}

    for condition in ({}, SOME_ORGANIZATION, named):
        assert not trust_without_permission.judge(an_account(condition, held("*")), {})
