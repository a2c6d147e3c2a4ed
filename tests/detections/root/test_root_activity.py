from rolecall.detections.root.root_activity import root_activity
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, event, root_identity


def evidence_for(name="CreateUser", *, actor=None, **fields):
    return root_activity.judge(event(name, actor=actor or root_identity(), **fields), {})


def sign_in(*, mfa, answer="Success"):
    return evidence_for(
        "ConsoleLogin",
        source="signin.amazonaws.com",
        eventType="AwsConsoleSignIn",
        response={"ConsoleLogin": answer},
        additionalEventData={"MFAUsed": "Yes" if mfa else "No"},
    )


def test_tells_what_the_root_user_did():
    [evidence] = evidence_for()

    assert evidence.summary == (
        f"the root user of account {ACCOUNT} called CreateUser of iam.amazonaws.com on 2026-11-23"
    )
    assert evidence.severity is Severity.HIGH


def test_finds_a_sign_in_without_mfa_critical():
    [evidence] = sign_in(mfa=False)

    assert evidence.severity is Severity.CRITICAL
    assert "signed in to the console without MFA" in evidence.summary


def test_finds_a_sign_in_with_mfa_high():
    [evidence] = sign_in(mfa=True)

    assert evidence.severity is Severity.HIGH


def test_finds_a_failed_sign_in_low():
    [evidence] = sign_in(mfa=False, answer="Failure")

    assert evidence.severity is Severity.LOW
    assert "failed to sign in" in evidence.summary


def test_finds_reading_low():
    [evidence] = evidence_for("ListUsers", readOnly=True)

    assert evidence.severity is Severity.LOW


def test_ignores_what_a_service_does_for_the_root_user():
    assert not evidence_for(actor=root_identity(invokedBy="autoscaling.amazonaws.com"))


def test_ignores_events_of_a_service_itself():
    assert not evidence_for(eventType="AwsServiceEvent")


def test_wants_events_of_the_root_user_only():
    assert root_activity.wants(event(actor=root_identity()))
    assert not root_activity.wants(event())


def test_tells_one_kind_of_call_once_a_day():
    [first] = evidence_for(eventTime="2026-11-23T00:00:00Z")
    [again] = evidence_for(eventTime="2026-11-23T23:59:59Z")
    [next_day] = evidence_for(eventTime="2026-11-24T00:00:00Z")

    assert first.occasion == again.occasion != next_day.occasion


def test_does_not_hide_a_sign_in_behind_another_with_another_outcome():
    outcomes = [sign_in(mfa=False, answer="Failure"), sign_in(mfa=True), sign_in(mfa=False)]

    assert len({evidence.occasion for [evidence] in outcomes}) == 3


def test_does_not_hide_a_call_behind_the_same_call_from_elsewhere():
    [here] = evidence_for()
    [there] = evidence_for(sourceIPAddress="198.51.100.9")

    assert here.occasion != there.occasion


def test_finds_what_a_console_does_unasked_informational():
    [evidence] = evidence_for("CreateServiceLinkedRole")

    assert evidence.severity is Severity.INFORMATIONAL


def test_leaves_changes_of_its_password_to_their_own_rule():
    assert not evidence_for("PasswordUpdated", source="signin.amazonaws.com")
