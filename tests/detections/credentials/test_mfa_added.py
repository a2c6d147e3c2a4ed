import pytest

from rolecall.detections.credentials.mfa_added import mfa_added
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, event, role_identity, user_identity

STOLEN = {**user_identity("alice"), "accessKeyId": "ASIAIOSFODNN7EXAMPLE"}


def judged(name="EnableMFADevice", **fields):
    given = {"actor": user_identity("alice"), "request": {"userName": "alice"}}
    return mfa_added.judge(event(name, **{**given, **fields}), {})


def test_ones_own_device_is_as_it_should_be():
    [evidence] = judged()

    assert evidence.severity is Severity.INFORMATIONAL
    assert evidence.resource.arn == f"arn:aws:iam::{ACCOUNT}:user/alice"


@pytest.mark.parametrize("actor", [user_identity("mallory"), role_identity()])
def test_a_device_for_another_user_is_more(actor):
    [evidence] = judged(actor=actor)

    assert evidence.severity is Severity.MEDIUM
    assert evidence.summary.endswith("added an MFA device to user alice")


def test_a_session_that_takes_root_is_high():
    [evidence] = judged(actor=STOLEN)

    assert evidence.severity is Severity.HIGH


def test_the_same_in_the_console_is_a_person():
    [by_mark] = judged(actor=STOLEN, sessionCredentialFromConsole="true")
    [by_agent] = judged(actor=STOLEN, userAgent="console.amazonaws.com")

    assert by_mark.severity is by_agent.severity is Severity.INFORMATIONAL


def test_a_virtual_device_serves_nobody_yet():
    [evidence] = judged("CreateVirtualMFADevice", request=None, actor=role_identity())

    assert evidence.severity is Severity.INFORMATIONAL
    assert evidence.resource.type == "AwsAccount"


@pytest.mark.parametrize("error", ["AccessDenied", "EntityAlreadyExists"])
def test_attempts_that_fail_are_told_once_a_day(error):
    [first], [again] = judged(error=error), judged(error=error)

    assert first.severity is Severity.LOW
    assert first.occasion == again.occasion


def test_a_mistyped_code_is_quiet():
    assert not judged(error="InvalidAuthenticationCodeException")


def test_what_aws_does_by_itself_is_quiet():
    assert not judged(actor={"type": "AWSService"})
