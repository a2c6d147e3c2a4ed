from datetime import UTC, datetime

from rolecall.checks.users.console_never_used import console_never_used
from rolecall.model.credentials import NEVER_USED, UNKNOWN_USE, Password
from rolecall.model.severity import Severity
from tests.builders import NOW, account, days_ago, held, password, user

READER = (held("s3:GetObject"),)


def evidence_for(created_at, given=None, *, mfa=True, policies=READER, taken_at=NOW, **parameters):
    alice = user(
        "alice",
        created_at=created_at,
        password=given or password(days_old=(NOW - created_at).days),
        mfa=mfa,
        policies=policies,
    )
    return console_never_used.judge(account(alice, taken_at=taken_at), parameters)


def test_flags_a_user_who_never_signed_in():
    [evidence] = evidence_for(days_ago(100))

    assert evidence.summary == (
        "user alice of 2026-08-15 never signed in to the console; its password is of 2026-08-15"
    )
    assert evidence.severity is Severity.MEDIUM


def test_accepts_the_last_second_and_flags_the_next():
    assert not evidence_for(days_ago(30))
    assert evidence_for(days_ago(30, seconds=1))


def test_counts_from_the_users_creation_however_often_the_password_was_set_anew():
    assert evidence_for(days_ago(400), password(days_old=20))


def test_leaves_a_password_that_was_just_set_a_week():
    fresh = Password(last_use=NEVER_USED, changed_at=days_ago(7))
    older = Password(last_use=NEVER_USED, changed_at=days_ago(7, seconds=1))

    assert not evidence_for(days_ago(400), fresh)
    assert evidence_for(days_ago(400), older)


def test_counts_from_the_creation_alone_where_the_password_has_no_date():
    assert evidence_for(days_ago(400), Password(last_use=NEVER_USED))


def test_does_not_take_an_unknown_last_use_for_never():
    assert not evidence_for(days_ago(4000), Password(last_use=UNKNOWN_USE))


def test_accepts_whoever_signed_in_once_however_long_ago():
    assert not evidence_for(days_ago(4000), password(used=3000))


def test_is_worse_without_mfa_and_for_administrators():
    [alone] = evidence_for(days_ago(100), mfa=False)
    [administrator] = evidence_for(days_ago(100), mfa=False, policies=(held("*"),))

    assert alone.severity is Severity.HIGH
    assert alone.data["severity_because"] == ["the password alone opens the console"]
    assert administrator.severity is Severity.CRITICAL


def test_follows_the_configured_days():
    assert evidence_for(days_ago(11), max_unused_days=10)
    assert not evidence_for(days_ago(100), grace_days=100)


def test_says_the_same_a_day_later():
    made = days_ago(100)

    assert evidence_for(made) == evidence_for(made, taken_at=days_ago(-1))


def test_says_of_a_user_older_than_the_records_no_more_than_they_do():
    [evidence] = evidence_for(datetime(2012, 5, 1, tzinfo=UTC), password(days_old=900))

    assert evidence.summary.startswith(
        "user alice of 2012-05-01 has not signed in to the console since IAM's records began on"
        " 2014-10-20;"
    )
