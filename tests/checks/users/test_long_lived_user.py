from rolecall.checks.users.long_lived_user import long_lived_user
from tests.builders import account, password, user


def evidence_for(**fields):
    return long_lived_user.judge(account(user("alice", **{"password": password(), **fields})), {})


def test_flags_a_person_who_has_an_iam_user_for_more_than_a_year():
    [evidence] = evidence_for(days_old=366)

    assert evidence.summary == "user alice can sign in to the console and dates from 2025-11-22"


def test_accepts_a_user_on_its_first_birthday():
    assert not evidence_for(days_old=365)


def test_ignores_a_user_without_password_who_is_a_machine():
    assert not evidence_for(days_old=3000, password=None)


def test_says_nothing_of_a_user_whose_credentials_were_not_read():
    assert not evidence_for(days_old=3000, credentials=None)


def test_follows_the_configured_age():
    old = account(user(password=password(), days_old=31))

    assert long_lived_user.judge(old, {"max_age_days": 30})
