import pytest

from rolecall.checks.keys.access_key_rotation import access_key_rotation
from rolecall.model.severity import Severity
from tests.builders import KEY_ID, access_key, account, days_ago, user


def evidence_for(*keys, **parameters):
    return access_key_rotation.judge(account(user("alice", keys=keys)), parameters)


def test_flags_an_active_key_past_its_rotation_period():
    [evidence] = evidence_for(access_key(days_old=91))

    assert evidence.summary == f"user alice: access key {KEY_ID} dates from 2026-08-24"
    assert evidence.resource == user("alice").resource


def test_accepts_a_key_on_the_last_second_of_its_period():
    assert not evidence_for(access_key(created_at=days_ago(90)))


def test_flags_a_key_one_second_past_its_period():
    assert evidence_for(access_key(created_at=days_ago(90, seconds=1)))


def test_ignores_a_deactivated_key():
    assert not evidence_for(access_key(days_old=900, active=False))


def test_follows_the_configured_period():
    assert evidence_for(access_key(days_old=31), max_age_days=30)


@pytest.mark.parametrize(
    ("days_old", "severity"),
    [(91, Severity.MEDIUM), (181, Severity.HIGH), (366, Severity.CRITICAL)],
)
def test_gets_more_severe_with_age(days_old, severity):
    [evidence] = evidence_for(access_key(days_old=days_old))

    assert evidence.severity is severity


def test_tells_two_keys_of_one_user_apart():
    old, older = evidence_for(access_key(days_old=100), access_key(number=2, days_old=200))

    assert old.occasion != older.occasion


def test_tells_two_keys_made_in_the_same_second_apart():
    twins = evidence_for(
        access_key(days_old=100), access_key(number=2, days_old=100, has_elder_twin=True)
    )

    assert len({evidence.occasion for evidence in twins}) == 2


def test_names_a_key_by_its_number_when_its_id_is_not_known():
    [evidence] = evidence_for(access_key(days_old=91, id=None))

    assert "access key 1 dates" in evidence.summary


def test_says_the_same_a_day_later():
    [today] = evidence_for(access_key(created_at=days_ago(100)))
    [tomorrow] = access_key_rotation.judge(
        account(user("alice", keys=[access_key(created_at=days_ago(100))]), taken_at=days_ago(-1)),
        {},
    )

    assert today == tomorrow


def test_says_nothing_of_a_user_whose_credentials_were_not_read():
    assert not access_key_rotation.judge(account(user(credentials=None)), {})
