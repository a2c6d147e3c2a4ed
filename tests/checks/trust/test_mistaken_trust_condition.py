import pytest

from rolecall.checks.trust.mistaken_trust_condition import mistaken_trust_condition
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, FOREIGN, ORGANIZATION, account, held, role, trust_of


def evidence_for(condition, principal=FOREIGN):
    who = principal if principal == "*" else {"AWS": principal}
    trusting = role(trust=trust_of(who, condition), policies=(held("s3:GetObject"),))
    return mistaken_trust_condition.judge(account(roles=[trusting]), {})


@pytest.mark.parametrize(
    "condition",
    [
        {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}},
        {"StringEqualsIfExists": {"sts:ExternalId": "f2a7c1d0"}},
        {"ForAllValues:StringLike": {"sts:ExternalId": "f2a7c1d0"}},
        {"StringLike": {"aws:PrincipalArn": "*"}},
        {"IpAddress": {"aws:SourceIp": ["203.0.113.7", "0.0.0.0/0"]}},
        {"StringEquals": {"aws:ResourceAccount": ACCOUNT}},
    ],
)
def test_finds_conditions_that_keep_nobody_out(condition):
    [evidence] = evidence_for(condition)

    assert evidence.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    "condition",
    [
        {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
        {"StringEqualsIfExists": {"aws:PrincipalAccount": FOREIGN}},
        {"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}},
        {
            "ForAllValues:StringEquals": {"aws:PrincipalOrgID": ORGANIZATION.id},
            "Null": {"aws:PrincipalOrgID": "false"},
        },
        {"StringLike": {"aws:PrincipalArn": f"arn:aws:iam::{FOREIGN}:role/*"}},
    ],
)
def test_accepts_conditions_that_do_what_they_say(condition):
    assert not evidence_for(condition)


def test_grades_lower_where_no_outsider_gets_in():
    [evidence] = evidence_for({"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}}, ACCOUNT)

    assert evidence.severity is Severity.LOW


@pytest.mark.parametrize(("principal", "severity"), [("*", "MEDIUM"), (FOREIGN, "LOW")])
def test_tells_of_conditions_that_let_nobody_in(principal, severity):
    [evidence] = evidence_for({"StringEquals": {"aws:ResourceAccount": FOREIGN}}, principal)

    assert "never holds" in evidence.summary
    assert evidence.severity is Severity[severity]


def test_tells_of_wildcards_that_are_taken_literally():
    literal = {"StringEquals": {"aws:PrincipalArn": f"arn:aws:iam::{FOREIGN}:role/*"}}

    [evidence] = evidence_for(literal)

    assert "literally" in evidence.summary


def test_accepts_callers_of_the_roles_own_account():
    same = {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}}

    assert not evidence_for(same, "*")
