import pytest

from rolecall.checks.trust.foreign_role_rights import foreign_role_rights
from rolecall.model.severity import Severity
from tests.builders import FOREIGN, HUB, account, held, role, trust_of


def evidence_for(policy, principal=FOREIGN, **parameters):
    trusting = role("vendor", trust=trust_of({"AWS": principal}), policies=(policy,))
    return foreign_role_rights.judge(account(roles=[trusting]), parameters)


def test_flags_a_role_that_may_change_things_everywhere():
    [evidence] = evidence_for(held(["ec2:TerminateInstances", "s3:PutObject"]))

    assert evidence.severity is Severity.HIGH
    assert evidence.summary == (
        f"role vendor, which account {FOREIGN} can assume, may change things everywhere in ec2, s3"
    )


def test_flags_a_role_that_may_read_all_data():
    [evidence] = evidence_for(held(["s3:GetObject", "dynamodb:Scan"]))

    assert evidence.severity is Severity.MEDIUM
    assert evidence.data["reads"] == ["dynamodb:Scan", "s3:GetObject"]


@pytest.mark.parametrize(
    "policy",
    [
        held(["ec2:Describe*", "iam:List*"]),
        held("s3:GetObject", "arn:aws:s3:::reports/*"),
        held("s3:PutObject", Condition={"Bool": {"aws:SecureTransport": "true"}}),
    ],
)
def test_accepts_metadata_some_resources_and_conditions(policy):
    assert not evidence_for(policy)


def test_leaves_the_organization_alone():
    assert not evidence_for(held("*"), HUB)


def test_tells_a_role_once():
    several = role(trust=trust_of({"AWS": [FOREIGN, "888877776666"]}), policies=(held("*"),))

    assert len(foreign_role_rights.judge(account(roles=[several]), {})) == 1
