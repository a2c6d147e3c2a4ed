import pytest

from rolecall.detections.sign_in.console_sign_in_without_mfa import console_sign_in_without_mfa
from tests.builders import ACCOUNT, event, role_identity, root_identity, user_identity


def call(*, mfa="No", answer="Success", **fields):
    given = {
        "source": "signin.amazonaws.com",
        "actor": user_identity("alice"),
        "response": {"ConsoleLogin": answer},
        "additionalEventData": {"MFAUsed": mfa},
    }
    return event("ConsoleLogin", **{**given, **fields})


def judged(**fields):
    return console_sign_in_without_mfa.judge(call(**fields), {})


def test_a_password_alone_is_told():
    [evidence] = judged()

    assert evidence.resource.arn == f"arn:aws:iam::{ACCOUNT}:user/alice"
    assert evidence.summary == (
        "user alice signed in to the console without MFA on 2026-11-23 from 203.0.113.7"
    )
    assert evidence.commands == ("aws iam list-mfa-devices --user-name alice",)


@pytest.mark.parametrize("extra", [None, {}, {"MFAUsed": None}])
def test_a_record_that_does_not_say_is_quiet(extra):
    assert not judged(additionalEventData=extra)


def test_a_second_factor_is_quiet():
    assert not judged(mfa="Yes")


def test_a_failed_attempt_is_no_sign_in():
    assert not judged(answer="Failure")


@pytest.mark.parametrize("actor", [role_identity(), root_identity()])
def test_wants_users_only(actor):
    assert console_sign_in_without_mfa.wants(call())
    assert not console_sign_in_without_mfa.wants(call(actor=actor))
