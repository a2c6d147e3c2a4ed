from rolecall.detections.sign_in.console_sign_in_by_user import console_sign_in_by_user
from tests.builders import event, user_identity

REQUIRED = {"federation_is_required": True, "allowed_users": ("*:user/break-glass-*",)}


def judged(parameters=REQUIRED, *, name="alice", answer="Success"):
    call = event(
        "ConsoleLogin",
        source="signin.amazonaws.com",
        actor=user_identity(name),
        response={"ConsoleLogin": answer},
    )
    return console_sign_in_by_user.judge(call, parameters)


def test_a_user_goes_past_the_identity_provider():
    [evidence] = judged()

    assert evidence.summary == (
        "user alice signed in to the console with a password of its own on 2026-11-23"
    )


def test_says_nothing_until_somebody_requires_federation():
    assert not judged({})


def test_users_for_emergencies_are_allowed():
    assert not judged(name="break-glass-1")


def test_a_failed_attempt_is_quiet():
    assert not judged(answer="Failure")
