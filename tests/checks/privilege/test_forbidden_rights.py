from rolecall.checks.privilege.forbidden_rights import forbidden_rights
from rolecall.model.principals import PolicyKind
from rolecall.model.severity import Severity
from tests.builders import account, held, user

POWER = "arn:aws:iam::aws:policy/PowerUserAccess"
BUCKET = "arn:aws:s3:::reports"


def evidence_for(*policies, **parameters):
    return forbidden_rights.judge(account(user("alice", policies=policies)), parameters)


def test_flags_a_forbidden_policy():
    power = held("ec2:*", kind=PolicyKind.AWS_MANAGED, name="PowerUserAccess", arn=POWER)

    [evidence] = evidence_for(power, policies=("*/PowerUserAccess",))

    assert "use a forbidden policy through AWS managed policy PowerUserAccess" in evidence.summary


def test_flags_a_forbidden_action_on_any_resource():
    [evidence] = evidence_for(held("s3:*", BUCKET), actions=("s3:DeleteBucket",))

    assert evidence.data["actions"] == ["s3:DeleteBucket"]
    assert evidence.severity is Severity.MEDIUM


def test_accepts_those_who_are_excepted():
    assert not evidence_for(
        held("s3:*"), actions=("s3:DeleteBucket",), allowed_principals=("*:user/alice",)
    )


def test_forbids_nothing_by_itself():
    assert not evidence_for(held("s3:*"))
