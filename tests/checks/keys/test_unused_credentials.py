from datetime import UTC, datetime

import pytest

from rolecall.checks.keys.unused_credentials import unused_credentials
from rolecall.model.credentials import UNKNOWN_USE, LastUse, Password, Use
from rolecall.model.severity import Severity
from tests.builders import KEY_ID, access_key, account, days_ago, held, password, user


def evidence_for(*keys, password=None, user_days_old=900, **parameters):
    alice = user(
        "alice",
        keys=keys,
        password=password,
        days_old=user_days_old,
        policies=(held("s3:GetObject"),),
    )
    return unused_credentials.judge(account(alice), parameters)


def used_at(moment):
    return LastUse(Use.USED, moment, "s3", "eu-west-1")


def test_flags_a_key_that_was_last_used_too_long_ago():
    [evidence] = evidence_for(access_key(days_old=300, used=46))

    assert evidence.summary == (
        f"user alice: access key {KEY_ID} was last used on 2026-10-08 for s3"
    )
    assert evidence.severity is Severity.MEDIUM


def test_accepts_a_key_used_on_the_last_second_of_the_last_day():
    assert not evidence_for(access_key(days_old=300, last_use=used_at(days_ago(45))))
    assert evidence_for(access_key(days_old=300, last_use=used_at(days_ago(45, seconds=1))))


@pytest.mark.parametrize(("used", "is_flagged"), [(0, False), (89, False), (90, False), (91, True)])
def test_a_key_used_today_or_89_90_91_days_ago(used, is_flagged):
    """Trap: the days around a threshold."""
    evidence = evidence_for(access_key(days_old=300, used=used), max_unused_days=90)

    assert bool(evidence) is is_flagged


def test_counts_a_key_that_was_never_used_from_its_birth():
    [evidence] = evidence_for(access_key(days_old=46))

    assert evidence.summary.endswith("of 2026-10-08 was never used")
    assert evidence.data["use"] == "never used"


def test_leaves_a_new_key_two_weeks_to_be_used():
    assert not evidence_for(access_key(created_at=days_ago(14)))
    assert evidence_for(access_key(created_at=days_ago(14, seconds=1)))


def test_says_that_a_key_was_made_with_its_user():
    [evidence] = evidence_for(access_key(days_old=46), user_days_old=46)

    assert evidence.summary.endswith("was never used; it was made together with the user")


def test_does_not_take_an_unknown_last_use_for_never():
    """Trap 2: an error of the API is never evidence."""
    assert not evidence_for(access_key(days_old=4000, last_use=UNKNOWN_USE))


def test_counts_a_key_older_than_iams_records_from_their_beginning():
    began = datetime(2015, 4, 22, tzinfo=UTC)
    key = access_key(days_old=5000, last_use=LastUse(Use.NOT_ON_RECORD, on_record_since=began))

    [evidence] = evidence_for(key)

    assert evidence.summary.endswith(
        "of 2013-03-16 was not used since IAM's records began on 2015-04-22"
    )
    assert evidence.data["unused_since"] == "2015-04-22T00:00:00Z"


def test_ignores_a_deactivated_key():
    assert not evidence_for(access_key(days_old=300, active=False))


def test_flags_a_password_that_was_last_used_too_long_ago():
    [evidence] = evidence_for(password=password(used=46, days_old=300))

    assert evidence.summary == "user alice: console password was last used on 2026-10-08 for s3"
    assert evidence.commands == ("aws iam delete-login-profile --user-name alice",)


def test_leaves_a_password_that_was_never_used_to_its_own_rule():
    assert not evidence_for(password=password(days_old=900))
    assert not evidence_for(password=Password(last_use=UNKNOWN_USE))


def test_judges_password_and_both_keys_apart():
    evidence = evidence_for(
        access_key(days_old=100),
        access_key(number=2, days_old=200),
        password=password(used=60, days_old=100),
    )

    assert len({each.occasion for each in evidence}) == 3


def test_follows_the_configured_periods():
    assert evidence_for(access_key(days_old=300, used=31), max_unused_days=30)
    assert not evidence_for(access_key(days_old=31), max_never_used_days=31)


def test_the_unused_key_of_an_administrator_is_worse():
    root_like = user(keys=[access_key(days_old=300, used=46)], policies=(held("*"),))

    [evidence] = unused_credentials.judge(account(root_like), {})

    assert evidence.severity is Severity.HIGH


def test_gives_commands_to_prove_deactivate_and_undo():
    [evidence] = evidence_for(access_key(days_old=300, used=46))

    assert [command.split()[0] for command in evidence.commands] == ["rolecall", "aws", "#"]


def test_says_the_same_a_day_later():
    key = access_key(days_old=300, used=60)
    alice = user("alice", keys=[key], days_old=900, policies=(held("s3:GetObject"),))

    tomorrow = unused_credentials.judge(account(alice, taken_at=days_ago(-1)), {})

    assert evidence_for(key) == tomorrow
