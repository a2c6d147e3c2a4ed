import pytest

from rolecall.detections.reconnaissance.new_identity_call import new_identity_call
from tests.builders import event, role_identity


def judged(name="GrantEverything", **fields):
    call = event(name, **fields)
    return new_identity_call.judge(call, {}) if new_identity_call.wants(call) else []


def test_a_call_that_no_table_has_is_told_once_a_day():
    [first], [again] = judged(), judged()

    assert first.summary == (
        "user mallory called GrantEverything of iam on 2026-11-23, which Rolecall does not know"
    )
    assert first.occasion == again.occasion


@pytest.mark.parametrize("source", ["sso-directory", "access-analyzer", "signin", "organizations"])
def test_so_it_is_in_every_identity_service(source):
    assert judged(source=f"{source}.amazonaws.com")


def test_a_refused_attempt_is_told():
    [evidence] = judged(error="AccessDenied")

    assert "was refused (AccessDenied) GrantEverything" in evidence.summary


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("CreateUser", "iam"),
        ("AddMemberToGroup", "sso-directory"),
        ("PasswordUpdated", "signin"),
        ("AssumeRole", "signin"),
    ],
)
def test_known_calls_are_quiet(name, source):
    assert not judged(name, source=f"{source}.amazonaws.com")


def test_what_only_reads_is_quiet():
    assert not judged("GetEverything", readOnly=True)


def test_other_services_are_quiet():
    assert not judged(source="s3.amazonaws.com")


def test_failures_and_what_services_do_are_quiet():
    assert not judged(error="ValidationException")
    assert not judged(actor={"type": "AWSService"})
    assert not judged(actor=role_identity(invokedBy="cloudformation.amazonaws.com"))
