from rolecall.checks.users.password_age import password_age
from rolecall.model.credentials import UNKNOWN_USE, LastUse, Password, Use
from rolecall.model.severity import Severity
from tests.builders import NOW, account, days_ago, held, password, user

USED = LastUse(Use.USED, days_ago(1))


def evidence_for(changed_at, *, use=USED, policies=("s3:GetObject",), taken_at=NOW, **parameters):
    alice = user(
        "alice",
        password=Password(last_use=use, changed_at=changed_at),
        days_old=900,
        policies=(held(*policies),),
    )
    return password_age.judge(account(alice, taken_at=taken_at), parameters)


def test_flags_a_password_set_too_long_ago():
    [evidence] = evidence_for(days_ago(91))

    assert evidence.summary == "user alice has a console password of 2026-08-24"
    assert evidence.severity is Severity.LOW


def test_accepts_the_last_second_and_flags_the_next():
    assert not evidence_for(days_ago(89, hours=23))
    assert not evidence_for(days_ago(90))
    assert evidence_for(days_ago(90, seconds=1))


def test_says_nothing_of_a_password_without_a_date():
    assert not evidence_for(None)


def test_judges_a_password_whose_last_use_is_not_known():
    assert evidence_for(days_ago(91), use=UNKNOWN_USE)


def test_leaves_a_password_that_was_never_used_to_its_own_rule():
    never_used = user(password=password(days_old=400), days_old=400)

    assert not password_age.judge(account(never_used), {})


def test_the_password_of_an_administrator_is_worse():
    [evidence] = evidence_for(days_ago(91), policies=("*",))

    assert evidence.severity is Severity.MEDIUM


def test_follows_the_configured_age():
    assert not evidence_for(days_ago(300), max_age_days=365)


def test_says_the_same_a_day_later():
    assert evidence_for(days_ago(91)) == evidence_for(days_ago(91), taken_at=days_ago(-1))
