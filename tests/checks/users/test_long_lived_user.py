from rolecall.checks.users.long_lived_user import long_lived_user
from rolecall.model.severity import Severity
from tests.builders import account, days_ago, held, password, user

READER = (held("s3:GetObject"),)


def evidence_for(parameters=None, **fields):
    given = {"password": password(), "policies": READER, **fields}
    return long_lived_user.judge(account(user("alice", **given)), parameters or {})


def test_flags_a_person_who_has_an_iam_user_for_more_than_a_year():
    [evidence] = evidence_for(days_old=366)

    assert evidence.summary == "user alice can sign in to the console and dates from 2025-11-22"
    assert evidence.severity is Severity.LOW


def test_accepts_a_user_on_its_first_birthday_and_flags_it_a_second_later():
    assert not evidence_for(days_old=365)
    assert evidence_for(created_at=days_ago(365, seconds=1))


def test_ignores_a_user_without_password_who_is_a_machine():
    assert not evidence_for(days_old=3000, password=None)


def test_judges_every_user_where_that_is_wanted():
    [evidence] = evidence_for({"people_only": False}, days_old=366, password=None)

    assert evidence.summary == "user alice dates from 2025-11-22"


def test_says_nothing_of_a_user_whose_credentials_were_not_read():
    assert not evidence_for(days_old=3000, credentials=None)


def test_the_age_of_an_administrator_is_worse():
    [evidence] = evidence_for(days_old=366, policies=(held("*"),))

    assert evidence.severity is Severity.MEDIUM


def test_follows_the_configured_age():
    assert evidence_for({"max_age_days": 30}, days_old=31)
