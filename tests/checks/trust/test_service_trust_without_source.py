import pytest

from rolecall.checks.trust.service_trust_without_source import service_trust_without_source
from rolecall.model.completeness import Part
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, FOREIGN, HUB, account, held, role, trust_of


def evidence_for(service, condition=None, denied=None, lacking=(), **parameters):
    principal = service if service == "*" else {"Service": f"{service}.amazonaws.com"}
    trust = trust_of(principal, condition)
    if denied:
        trust["Statement"] += trust_of("*", denied, effect="Deny")["Statement"]
    trusting = role(trust=trust, policies=(held("s3:GetObject"),))
    return service_trust_without_source.judge(
        account(roles=[trusting], lacking=lacking), parameters
    )


@pytest.mark.parametrize(
    "service", ["codebuild", "scheduler", "vpc-flow-logs", "bedrock", "logs.eu-west-1"]
)
def test_flags_a_service_that_says_for_whom_it_acts(service):
    [evidence] = evidence_for(service)

    assert evidence.severity is Severity.MEDIUM
    assert evidence.verdict == "conditional"
    assert "for anybody's resources" in evidence.summary


@pytest.mark.parametrize("service", ["ec2", "lambda", "ecs-tasks"])
def test_leaves_services_alone_that_take_no_foreign_role(service):
    assert not evidence_for(service)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:SourceAccount": ACCOUNT}},
        {"ArnLike": {"aws:SourceArn": f"arn:aws:codebuild:*:{ACCOUNT}:*"}},
        {"StringEquals": {"aws:SourceAccount": HUB}},
        {"StringEquals": {"aws:SourceAccount": "${aws:ResourceAccount}"}},
        {"ArnLike": {"aws:SourceArn": "arn:aws:s3:::data-of-ours"}},
        {"StringEquals": {"aws:SourceOrgID": "o-exampleorgid"}},
        {"ForAnyValue:StringLike": {"aws:SourceOrgPaths": "o-exampleorgid/r-root/*"}},
    ],
)
def test_accepts_a_source(condition):
    assert not evidence_for("codebuild", condition)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringLike": {"aws:SourceAccount": "*"}},
        {"StringLike": {"aws:SourceAccount": "1*"}},
        {"Null": {"aws:SourceAccount": "false"}},
        {"StringEqualsIfExists": {"aws:SourceAccount": ACCOUNT}},
        {"ArnLike": {"aws:SourceArn": "arn:aws:codebuild:*:*:project/build"}},
    ],
)
def test_does_not_count_a_source_that_anybody_is(condition):
    assert evidence_for("codebuild", condition)


def test_can_demand_a_resource():
    own = {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    one = {"ArnLike": {"aws:SourceArn": f"arn:aws:sns:eu-west-1:{ACCOUNT}:news"}}

    assert evidence_for("events", own, needs_arn=True)
    assert not evidence_for("events", one, needs_arn=True)


def test_reads_anyone_with_a_source_as_any_service():
    foreign = {"ArnLike": {"aws:SourceArn": "arn:aws:sns:*:*:*"}}

    [evidence] = evidence_for("*", foreign)

    assert "any AWS service" in evidence.summary


def test_leaves_a_foreign_account_to_the_rule_about_them():
    assert not evidence_for("*", {"StringEquals": {"aws:SourceAccount": FOREIGN}})


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"aws:SourceAccount": FOREIGN}},
        {"StringEquals": {"aws:SourceAccount": [ACCOUNT, FOREIGN]}},
        {"ArnLike": {"aws:SourceArn": f"arn:aws:events:*:{FOREIGN}:rule/nightly"}},
        {"StringEquals": {"aws:SourceOrgID": "o-anotherorgid"}},
        {"ForAnyValue:StringLike": {"aws:SourceOrgPaths": "o-anotherorgid/*"}},
    ],
)
def test_finds_a_source_outside_the_organization(condition):
    [evidence] = evidence_for("events", condition)

    assert evidence.severity is Severity.HIGH
    assert "for somebody outside the organization" in evidence.summary


def test_knows_a_foreign_source_of_a_service_that_may_not_act_for_anybody():
    [evidence] = evidence_for("lambda", {"StringEquals": {"aws:SourceAccount": FOREIGN}})

    assert evidence.severity is Severity.MEDIUM


def test_accepts_a_foreign_source_that_is_trusted():
    foreign = {"StringEquals": {"aws:SourceAccount": FOREIGN}}

    assert not evidence_for("events", foreign, trusted_accounts=(FOREIGN,))


def test_accepts_a_foreign_source_that_has_to_be_of_the_organization_as_well():
    both = {"StringEquals": {"aws:SourceAccount": FOREIGN, "aws:SourceOrgID": "o-exampleorgid"}}

    assert not evidence_for("events", both)


def test_calls_no_source_foreign_where_the_organization_is_not_known():
    foreign = {"StringEquals": {"aws:SourceAccount": FOREIGN}}

    assert not evidence_for("events", foreign, lacking={Part.ORGANIZATION})


def test_leaves_a_wildcard_that_is_taken_literally_to_the_rule_about_mistakes():
    assert not evidence_for("events", {"StringEquals": {"aws:SourceAccount": "*"}})


@pytest.mark.parametrize(
    "denied",
    [
        {"StringNotEquals": {"aws:SourceAccount": ACCOUNT}},
        {
            "StringNotEqualsIfExists": {"aws:SourceOrgID": "o-exampleorgid"},
            "Null": {"aws:SourceAccount": "false"},
            "Bool": {"aws:PrincipalIsAWSService": "true"},
        },
    ],
)
def test_accepts_a_deny_of_all_other_sources(denied):
    assert not evidence_for("events", denied=denied)


@pytest.mark.parametrize(
    "denied",
    [
        {"StringEquals": {"aws:SourceAccount": FOREIGN}},
        {"StringNotEquals": {"aws:SourceAccount": ACCOUNT, "aws:RequestedRegion": "eu-west-1"}},
        {"StringNotLike": {"aws:SourceAccount": "*"}},
    ],
)
def test_does_not_count_a_deny_that_leaves_others_in(denied):
    assert evidence_for("events", denied=denied)
