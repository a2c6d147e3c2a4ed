from rolecall.detections.emergency.break_glass_used import break_glass_used
from tests.builders import ACCOUNT, FOREIGN, event, role_identity, user_identity

ROLE = f"arn:aws:iam::{ACCOUNT}:role/break-glass"
USER = f"arn:aws:iam::{ACCOUNT}:user/emergency/break-glass-1"
DECLARED = {"principals": ("arn:aws:iam::*:role/break-glass", "*:user/emergency/*")}


def judged(call, parameters=DECLARED):
    return break_glass_used.judge(call, parameters)


def assumed(**fields):
    given = {
        "source": "sts.amazonaws.com",
        "request": {"roleArn": ROLE, "roleSessionName": "fire"},
        "readOnly": True,
    }
    return event("AssumeRole", **{**given, **fields})


def test_every_session_of_a_declared_role_asks_for_a_reason():
    [evidence] = judged(assumed())

    assert evidence.principal == ROLE
    assert evidence.resource.type == "AwsIamRole"
    assert evidence.summary == (
        "user mallory used break-glass role break-glass on 2026-11-23: what was the reason?"
    )


def test_wants_the_call_that_opens_a_session():
    assert break_glass_used.wants(assumed())
    assert break_glass_used.wants(event("ConsoleLogin", source="signin.amazonaws.com"))


def test_every_day_of_a_declared_user_is_one_finding():
    calls = [event(name, actor=user_identity("emergency/break-glass-1")) for name in ("A", "B")]
    other_day = event(
        "C", actor=user_identity("emergency/break-glass-1"), eventTime="2026-11-24T12:00:00Z"
    )

    [[first], [second], [third]] = map(judged, [*calls, other_day])

    assert first.principal == USER
    assert first.occasion == second.occasion != third.occasion


def test_a_declared_user_is_told_when_it_becomes_any_role():
    call = assumed(
        actor=user_identity("emergency/break-glass-1"),
        request={"roleArn": f"arn:aws:iam::{ACCOUNT}:role/deploy", "roleSessionName": "s"},
    )

    assert [evidence.principal for evidence in judged(call)] == [USER]


def test_a_denied_attempt_is_told_and_is_no_use():
    [evidence] = judged(assumed(error="AccessDenied"))

    assert "tried to use (AccessDenied) break-glass role" in evidence.summary


def test_the_call_is_told_in_the_account_of_the_role_only():
    assert not judged(assumed(recipientAccountId=FOREIGN))


def test_says_nothing_of_others_nor_of_what_a_session_does_nor_of_services():
    assert not judged(event("CreateUser"))
    assert not judged(event("CreateUser", actor=role_identity("break-glass")))
    assert not judged(assumed(actor={"type": "AWSService", "invokedBy": "lambda.amazonaws.com"}))


def test_nothing_is_declared_until_somebody_declares_it():
    assert not judged(assumed(), {})
