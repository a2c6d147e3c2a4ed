import pytest

from rolecall.detections.credentials.mfa_removed import mfa_removed
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, event, root_identity, user_identity

SERIAL = f"arn:aws:iam::{ACCOUNT}:mfa/bob"


def removed(name="DeactivateMFADevice", *, actor="mallory", **fields):
    given = {
        "actor": user_identity(actor),
        "request": {"userName": "bob", "serialNumber": SERIAL},
    }
    return mfa_removed.judge(event(name, **{**given, **fields}), {})


def test_flags_a_device_taken_from_another_user():
    [evidence] = removed()

    assert evidence.summary == f"user mallory removed MFA device {SERIAL} of user bob"
    assert evidence.severity is Severity.HIGH


def test_finds_a_user_who_removes_its_own_device_less_severe():
    [evidence] = removed(actor="bob")

    assert evidence.severity is Severity.MEDIUM


def test_finds_the_deletion_of_a_device_that_serves_nobody_low_and_invents_no_owner():
    [evidence] = removed("DeleteVirtualMFADevice", request={"serialNumber": SERIAL})

    assert evidence.severity is Severity.LOW
    assert evidence.summary == f"user mallory removed MFA device {SERIAL}"
    assert evidence.resource.type == "AwsAccount"


@pytest.mark.parametrize("serial", [SERIAL, f"arn:aws:iam::{ACCOUNT}:u2f/user/mallory/yubi-X"])
def test_takes_a_device_without_a_named_user_for_the_callers_own(serial):
    [evidence] = removed(request={"serialNumber": serial})

    assert evidence.resource.arn == f"arn:aws:iam::{ACCOUNT}:user/mallory"
    assert evidence.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    "serial",
    [f"arn:aws:iam::{ACCOUNT}:mfa/rootphone", f"arn:aws:iam::{ACCOUNT}:u2f/root-account/key-X"],
)
def test_knows_the_root_users_own_device_whatever_its_name(serial):
    given = event("DeactivateMFADevice", actor=root_identity(), request={"serialNumber": serial})

    [evidence] = mfa_removed.judge(given, {})

    assert evidence.severity is Severity.CRITICAL


def test_finds_the_root_users_device_critical():
    serial = f"arn:aws:iam::{ACCOUNT}:mfa/root-account-mfa-device"

    [evidence] = removed(request={"userName": "root", "serialNumber": serial})

    assert evidence.severity is Severity.CRITICAL
    assert evidence.resource.type == "AwsAccount"


def test_tells_a_refused_attempt_once_a_day():
    [first], [again] = removed(error="AccessDenied"), removed(error="AccessDenied")

    assert first.severity is Severity.LOW
    assert "was refused to remove MFA device" in first.summary
    assert first.occasion == again.occasion


def test_ignores_other_failures_and_aws_itself():
    assert not removed(error="NoSuchEntityException")
    assert not mfa_removed.judge(event("DeactivateMFADevice", actor={"type": "AWSService"}), {})


def test_tells_a_removal_that_does_not_say_which_device():
    [evidence] = removed(request={})

    assert "MFA device (not told)" in evidence.summary
