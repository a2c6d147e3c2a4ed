import pytest

from rolecall.checks.trust.service_trust_without_source import service_trust_without_source
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, FOREIGN, account, held, role, trust_of


def evidence_for(service, condition=None, **parameters):
    principal = service if service == "*" else {"Service": f"{service}.amazonaws.com"}
    trusting = role(trust=trust_of(principal, condition), policies=(held("s3:GetObject"),))
    return service_trust_without_source.judge(account(roles=[trusting]), parameters)


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
        {"StringEquals": {"aws:SourceOrgID": "o-exampleorgid"}},
    ],
)
def test_accepts_a_source(condition):
    assert not evidence_for("codebuild", condition)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringLike": {"aws:SourceAccount": "*"}},
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
