from rolecall.checks.privilege.write_on_everything import write_on_everything
from rolecall.model.severity import Severity
from tests.builders import account, held, user


def evidence_for(*policies, **fields):
    return write_on_everything.judge(account(user("alice", policies=policies, **fields)), {})


def test_flags_changes_that_could_be_held_to_resources():
    [evidence] = evidence_for(held("sqs:SendMessage"))

    assert evidence.severity is Severity.LOW
    assert evidence.data["actions"] == ["sqs:SendMessage"]


def test_accepts_actions_that_cannot_be_held_to_resources():
    assert not evidence_for(held(["xray:PutTelemetryRecords", "xray:PutTraceSegments"]))


def test_accepts_logs_and_reading_and_named_resources():
    assert not evidence_for(
        held(["logs:CreateLogGroup", "logs:PutLogEvents", "sqs:Get*", "sqs:List*"]),
        held("sqs:*", "arn:aws:sqs:eu-west-1:111122223333:orders"),
    )


def test_leaves_sensitive_policies_to_their_own_rule():
    assert not evidence_for(held(["sqs:SendMessage", "s3:GetObject"]))


def test_is_silent_about_what_is_blocked():
    assert not evidence_for(held("sqs:SendMessage"), held("sqs:*", effect="Deny"))
