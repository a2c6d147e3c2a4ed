import pytest

from rolecall.checks.trust.public_trust import public_trust
from rolecall.model.organization import Guardrails
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from tests.builders import ACCOUNT, FOREIGN, ORGANIZATION, account, held, role, trust_of


def evidence_for(principal="*", condition=None, **parameters):
    trusting = role("open", trust=trust_of(principal, condition), policies=(held("s3:GetObject"),))
    return public_trust.judge(account(roles=[trusting]), parameters)


@pytest.mark.parametrize("principal", ["*", {"AWS": "*"}, {"AWS": "arn:aws:iam::*:root"}])
def test_finds_a_role_that_anyone_can_become(principal):
    [evidence] = evidence_for(principal)

    assert evidence.severity is Severity.CRITICAL
    assert evidence.verdict == "granted"
    assert evidence.summary == (
        "role open can be assumed by anyone in any AWS account without any condition"
    )


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:PrincipalOrgID": ORGANIZATION.id}},
        {"StringEquals": {"aws:PrincipalAccount": ACCOUNT}},
        {"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{ACCOUNT}:role/*"}},
        {"ForAnyValue:StringLike": {"aws:PrincipalOrgPaths": f"{ORGANIZATION.id}/r-ab12/*"}},
        {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
        {"ArnLike": {"aws:SourceArn": f"arn:aws:sns:*:{ACCOUNT}:*"}},
        {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::reports"}},
        {"IpAddress": {"aws:SourceIp": "10.0.0.0/8"}},
        {"StringEqualsIfExists": {"aws:PrincipalAccount": ACCOUNT}},
        {
            "ForAllValues:StringEquals": {"aws:PrincipalOrgID": ORGANIZATION.id},
            "Null": {"aws:PrincipalOrgID": "false"},
        },
    ],
)
def test_accepts_conditions_that_keep_strangers_out(condition):
    assert not evidence_for(condition=condition)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEqualsIfExists": {"aws:PrincipalOrgID": ORGANIZATION.id}},
        {"ForAllValues:StringEquals": {"aws:PrincipalOrgID": ORGANIZATION.id}},
        {"StringLike": {"aws:PrincipalArn": "*"}},
        {"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/deploy"}},
        {"StringEquals": {"aws:ResourceAccount": ACCOUNT}},
        {"StringEquals": {"aws:PrincipalTag/team": "ours"}},
        {"StringEquals": {"sts:RoleSessionName": "deploy"}},
        {"StringLike": {"sts:ExternalId": "*"}},
        {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}},
        {"IpAddress": {"aws:SourceIp": "0.0.0.0/0"}},
        {"StringNotEquals": {"aws:PrincipalAccount": FOREIGN}},
    ],
)
def test_is_not_taken_in_by_conditions_that_a_stranger_meets(condition):
    [evidence] = evidence_for(condition=condition)

    assert evidence.severity is Severity.CRITICAL


@pytest.mark.parametrize(
    ("condition", "severity"),
    [
        ({"StringEquals": {"sts:ExternalId": "f2a7c1d0"}}, Severity.HIGH),
        ({"Bool": {"aws:MultiFactorAuthPresent": "true"}}, Severity.HIGH),
        ({"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}, Severity.HIGH),
        ({"ArnLike": {"aws:SourceArn": "arn:aws:*:*:*:*"}}, Severity.HIGH),
        ({"StringEquals": {"aws:SourceVpc": "vpc-0a1b2c3d"}}, Severity.LOW),
        ({"StringEquals": {"aws:CalledViaFirst": "cloudformation.amazonaws.com"}}, Severity.LOW),
    ],
)
def test_grades_what_only_some_strangers_have_lower(condition, severity):
    [evidence] = evidence_for(condition=condition)

    assert evidence.severity is severity
    assert evidence.verdict == "conditional"


def test_accepts_trusted_networks():
    ours = {"IpAddress": {"aws:SourceIp": ["203.0.113.7", "203.0.113.128/25"]}}

    assert not evidence_for(condition=ours, trusted_networks=("203.0.113.0/24",))


def test_does_not_accept_networks_of_which_only_some_are_trusted():
    mixed = {"IpAddress": {"aws:SourceIp": ["203.0.113.7", "198.51.100.1"]}}

    assert evidence_for(condition=mixed, trusted_networks=("203.0.113.0/24",))


def test_calls_what_the_trust_policy_denies_again_blocked():
    trust = trust_of("*")
    trust["Statement"].append(
        {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sts:AssumeRole",
            "Condition": {"StringNotEquals": {"aws:PrincipalAccount": ACCOUNT}},
        }
    )

    [evidence] = public_trust.judge(account(roles=[role(trust=trust)]), {})

    assert evidence.severity is Severity.INFORMATIONAL
    assert evidence.verdict == "blocked"


def test_does_not_count_on_a_deny_that_strangers_escape():
    trust = trust_of("*")
    trust["Statement"].append(
        {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "sts:AssumeRole",
            "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "ours"}},
        }
    )

    [evidence] = public_trust.judge(account(roles=[role(trust=trust)]), {})

    assert evidence.verdict == "granted"


def test_says_which_guardrail_keeps_the_public_out():
    denial = {"Effect": "Deny", "Principal": "*", "Action": "*", "Resource": "*"}
    other = {"StringNotEquals": {"aws:PrincipalOrgID": ORGANIZATION.id}}
    guard = Policy.parse(
        {"Version": "2012-10-17", "Statement": {**denial, "Condition": other}}, name="guard"
    )
    trusting = role(trust=trust_of("*"))
    within = account(roles=[trusting], guardrails=Guardrails(rcps=((guard,),)))

    [evidence] = public_trust.judge(within, {})

    assert evidence.data["blocked_by"] == "resource control policy guard"


def test_finds_everybody_but_the_named():
    everybody_else = trust_of({"AWS": ACCOUNT})
    everybody_else["Statement"][0]["NotPrincipal"] = everybody_else["Statement"][0].pop("Principal")

    assert public_trust.judge(account(roles=[role(trust=everybody_else)]), {})


@pytest.mark.parametrize(
    "principal",
    [{"AWS": ACCOUNT}, {"AWS": FOREIGN}, {"Service": "ec2.amazonaws.com"}],
)
def test_leaves_named_principals_alone(principal):
    assert not evidence_for(principal)


def test_does_not_count_on_a_deny_of_another_way_in():
    trust = trust_of("*")
    trust["Statement"].append(
        {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRoleWithSAML"}
    )

    [evidence] = public_trust.judge(account(roles=[role(trust=trust)]), {})

    assert evidence.verdict == "granted"


@pytest.mark.parametrize(
    "condition",
    [
        {"StringLike": {"aws:PrincipalArn": "*role/deploy"}},
        {"Bool": {"aws:MultiFactorAuthPresent": "false"}},
        {"Null": {"sts:ExternalId": "false"}},
        {"StringLike": {"aws:SourceVpce": "vpce-*"}},
        {"Null": {"aws:SourceVpc": "false"}},
    ],
)
def test_what_everybody_can_see_to_keeps_nobody_out(condition):
    [evidence] = evidence_for(condition=condition)

    assert (evidence.severity, evidence.verdict) == (Severity.CRITICAL, "granted")


@pytest.mark.parametrize(
    "condition",
    [
        {"StringLike": {"aws:PrincipalAccount": "7777*"}},
        {"StringLike": {"aws:PrincipalOrgID": "o-acme*"}},
    ],
)
def test_a_share_of_all_accounts_is_more_than_nobody(condition):
    [evidence] = evidence_for(condition=condition)

    assert (evidence.severity, evidence.verdict) == (Severity.HIGH, "conditional")


def test_a_role_of_the_callers_own_organization_is_not_public():
    same = {"StringEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}}

    assert not evidence_for(condition=same)


def test_a_deny_of_all_but_a_name_that_anybody_can_give_bars_nobody():
    document = trust_of("*")
    but_one = {"StringNotLike": {"aws:PrincipalArn": "*role/deploy"}}
    document["Statement"] += trust_of("*", but_one, effect="Deny")["Statement"]
    trusting = role("open", trust=document, policies=(held("s3:GetObject"),))

    [evidence] = public_trust.judge(account(roles=[trusting]), {})

    assert evidence.verdict != "blocked"


def test_says_what_a_deny_is_about_that_can_be_escaped():
    document = trust_of("*")
    without_mfa = {"BoolIfExists": {"aws:MultiFactorAuthPresent": "false"}}
    document["Statement"] += trust_of("*", without_mfa, effect="Deny")["Statement"]
    trusting = role("open", trust=document, policies=(held("s3:GetObject"),))

    [evidence] = public_trust.judge(account(roles=[trusting]), {})

    assert evidence.verdict == "conditional"
    assert evidence.summary == (
        "role open can be assumed by anyone in any AWS account"
        " (denied where BoolIfExists aws:MultiFactorAuthPresent = false)"
    )
