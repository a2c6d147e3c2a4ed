import pytest

from rolecall.detections.reconnaissance.account_read_at_once import account_read_at_once
from rolecall.model.severity import Severity
from tests.builders import event, role_identity


def judged(name="GetAccountAuthorizationDetails", parameters=None, **fields):
    return account_read_at_once.judge(event(name, readOnly=True, **fields), parameters or {})


def test_a_user_with_a_key_is_no_scanner():
    [evidence] = judged()

    assert evidence.severity is Severity.MEDIUM
    assert evidence.summary == (
        "user mallory called GetAccountAuthorizationDetails on 2026-11-23 from 203.0.113.7"
    )


def test_a_role_that_nobody_named_is_told_once_a_day():
    [first], [again] = (judged(actor=role_identity("scanner")) for _ in range(2))

    assert first.severity is None
    assert first.occasion == again.occasion


def test_a_refused_attempt_is_told():
    [evidence] = judged(error="AccessDenied")

    assert evidence.severity is None
    assert "was refused" in evidence.summary


@pytest.mark.parametrize("name", ["rolecall-reader", "rolecall-check-user-age"])
def test_our_own_reader_is_known(name):
    assert not judged(actor=role_identity(name))


def test_readers_can_be_named():
    parameters = {"known_readers": ("*:role/scanner",)}

    assert not judged(parameters=parameters, actor=role_identity("scanner"))
    assert judged(parameters=parameters, actor=role_identity("scanner-2"))


def test_other_failures_and_aws_itself_are_quiet():
    assert not judged(error="ReportInProgress")
    assert not judged(actor={"type": "AWSService"})
