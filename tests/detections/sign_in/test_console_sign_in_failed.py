from rolecall.detections.sign_in.console_sign_in_failed import console_sign_in_failed
from tests.builders import event, user_identity


def judged(*, mfa="No", answer="Failure", **fields):
    given = {
        "source": "signin.amazonaws.com",
        "actor": user_identity("alice"),
        "response": {"ConsoleLogin": answer},
        "additionalEventData": {"MFAUsed": mfa},
    }
    return console_sign_in_failed.judge(event("ConsoleLogin", **{**given, **fields}), {})


def test_tells_who_failed_and_with_what():
    [password], [factor] = judged(), judged(mfa="Yes")

    assert password.summary == (
        "user alice failed to sign in with the password on 2026-11-23 from 203.0.113.7"
    )
    assert "with the second factor" in factor.summary
    assert password.occasion != factor.occasion


def test_a_days_failures_from_one_address_are_one():
    [first], [again], [elsewhere] = judged(), judged(), judged(sourceIPAddress="198.51.100.9")

    assert first.occasion == again.occasion != elsewhere.occasion


def test_a_name_that_is_hidden_belongs_to_nobody():
    [evidence] = judged(actor={"type": "IAMUser", "accountId": "111122223333"})

    assert evidence.summary.startswith("somebody failed")
    assert evidence.resource.type == "AwsAccount"


def test_success_is_quiet():
    assert not judged(answer="Success")
