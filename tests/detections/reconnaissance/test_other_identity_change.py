import pytest

from rolecall.detections.reconnaissance.other_identity_change import other_identity_change
from rolecall.model.severity import Severity
from tests.builders import event


def judged(name="TagMFADevice", **fields):
    call = event(name, **fields)
    return other_identity_change.judge(call, {}) if other_identity_change.wants(call) else []


def test_a_change_that_no_rule_names_is_kept_once_a_day():
    [first], [again] = judged(), judged()

    assert first.summary == "user mallory called TagMFADevice of iam on 2026-11-23"
    assert first.severity is None
    assert first.occasion == again.occasion


def test_a_refused_attempt_is_low():
    [evidence] = judged(error="AccessDenied")

    assert evidence.severity is Severity.LOW
    assert "was refused (AccessDenied) TagMFADevice" in evidence.summary


@pytest.mark.parametrize("name", ["CreateUser", "ListUsers", "GrantEverything"])
def test_what_others_tell_what_reads_and_what_nobody_knows_is_quiet(name):
    assert not judged(name)


def test_the_same_name_of_another_service_is_quiet():
    assert not judged(source="sts.amazonaws.com")


def test_failures_and_aws_itself_are_quiet():
    assert not judged(error="NoSuchEntityException")
    assert not judged(actor={"type": "AWSService"})
