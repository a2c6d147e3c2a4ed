import pytest

from rolecall.checks.keys.access_key_rotation import access_key_rotation
from rolecall.model.completeness import Part
from rolecall.model.credentials import UNKNOWN_USE
from rolecall.model.severity import Severity
from tests.builders import KEY_ID, access_key, account, days_ago, held, user

NEW_ID = "AKIAI44QH8DHBEXAMPLE"
READER = (held("s3:GetObject"),)


def evidence_for(*keys, policies=READER, **parameters):
    return access_key_rotation.judge(
        account(user("alice", keys=keys, policies=policies)), parameters
    )


def key_in_use(**fields):
    return access_key(**{"used": 0, **fields})


def test_flags_an_active_key_past_its_rotation_period():
    [evidence] = evidence_for(key_in_use(days_old=91))

    assert evidence.summary == (
        f"user alice: access key {KEY_ID} dates from 2026-08-24"
        " and was due for rotation on 2026-11-22"
    )
    assert evidence.resource == user("alice").resource
    assert evidence.data["passed_days"] == 90


@pytest.mark.parametrize(
    ("days", "severity", "passed_days"),
    [
        (75, Severity.LOW, 75),
        (90, Severity.HIGH, 90),
        (180, Severity.CRITICAL, 180),
        (365, Severity.CRITICAL, 365),
    ],
)
def test_reaches_a_step_one_second_after_its_last_day(days, severity, passed_days):
    before = evidence_for(key_in_use(created_at=days_ago(days)))
    [after] = evidence_for(key_in_use(created_at=days_ago(days, seconds=1)))

    assert all(evidence.data["passed_days"] < passed_days for evidence in before)
    assert (after.severity, after.data["passed_days"]) == (severity, passed_days)


def test_a_key_of_89_days_and_23_hours_is_announced_not_overdue():
    [evidence] = evidence_for(key_in_use(created_at=days_ago(89, hours=23)))

    assert evidence.severity is Severity.LOW
    assert evidence.summary.endswith("is due for rotation on 2026-11-23")


def test_says_nothing_of_a_key_rotated_this_very_second():
    assert not evidence_for(key_in_use(created_at=days_ago(0)))


def test_says_nothing_of_a_key_from_the_future():
    assert not evidence_for(key_in_use(created_at=days_ago(-1)))


def test_ignores_a_deactivated_key():
    assert not evidence_for(access_key(days_old=900, active=False))


def test_follows_the_configured_steps():
    [evidence] = evidence_for(key_in_use(days_old=31), max_age_days=30)

    assert evidence.severity is Severity.HIGH
    assert evidence_for(key_in_use(days_old=16), max_age_days=30)
    assert not evidence_for(key_in_use(days_old=16), max_age_days=30, warn_days_before=14)


def test_a_key_within_a_longer_period_is_never_critical():
    assert not evidence_for(key_in_use(days_old=185), max_age_days=200)

    [announced] = evidence_for(key_in_use(days_old=190), max_age_days=200)
    [overdue] = evidence_for(key_in_use(days_old=201), max_age_days=200)

    assert (announced.severity, overdue.severity) == (Severity.LOW, Severity.CRITICAL)


def test_the_key_of_an_administrator_is_worse():
    [evidence] = evidence_for(key_in_use(days_old=91), policies=(held("*"),))

    assert evidence.severity is Severity.CRITICAL
    assert evidence.data["severity_because"] == ["user alice is an administrator"]


def test_a_key_that_nobody_uses_is_to_be_removed_not_rotated():
    [evidence] = evidence_for(access_key(days_old=200))

    assert evidence.severity is Severity.HIGH
    assert evidence.data["severity_because"] == [
        f"access key {KEY_ID} of 2026-05-07 was never used: remove it, do not rotate it"
    ]


def test_an_unknown_last_use_lowers_nothing():
    [evidence] = evidence_for(access_key(days_old=200, last_use=UNKNOWN_USE))

    assert evidence.severity is Severity.CRITICAL


def test_nothing_lowers_the_last_step():
    [evidence] = evidence_for(access_key(days_old=366))

    assert evidence.severity is Severity.CRITICAL
    assert "severity_because" not in evidence.data


def test_recognizes_a_rotation_in_progress():
    new = key_in_use(number=2, days_old=3, id=NEW_ID)

    [evidence] = evidence_for(key_in_use(days_old=91), new)

    assert evidence.summary == (
        f"user alice: access key {KEY_ID} of 2026-08-24 is being replaced by"
        f" access key {NEW_ID} of 2026-11-20 and is still active"
    )
    assert evidence.severity is Severity.MEDIUM
    assert not any("create-access-key" in command for command in evidence.commands)


def test_a_rotation_ends_when_the_new_key_is_no_longer_young():
    old = key_in_use(days_old=120)

    [young] = evidence_for(old, key_in_use(number=2, created_at=days_ago(14)))
    [grown] = evidence_for(old, key_in_use(number=2, created_at=days_ago(14, seconds=1)))

    assert "is being replaced" in young.summary
    assert "was due for rotation" in grown.summary


def test_does_not_announce_a_key_that_is_being_replaced():
    assert not evidence_for(key_in_use(days_old=80), key_in_use(number=2, days_old=1))


def test_a_deactivated_new_key_replaces_nothing():
    [evidence] = evidence_for(
        key_in_use(days_old=91), access_key(number=2, days_old=1, active=False)
    )

    assert "was due for rotation" in evidence.summary


def test_gives_commands_to_prove_deactivate_and_undo():
    [evidence] = evidence_for(key_in_use(days_old=91))

    update = f"aws iam update-access-key --user-name alice --access-key-id {KEY_ID} --status"
    assert evidence.commands == (
        "aws iam create-access-key --user-name alice",
        f"rolecall keys prove {KEY_ID}",
        f"{update} Inactive",
        f"# undo: {update} Active",
    )


def test_tells_two_keys_of_one_user_apart():
    old, older = evidence_for(key_in_use(days_old=100), key_in_use(number=2, days_old=200))

    assert old.occasion != older.occasion


def test_tells_two_keys_made_in_the_same_second_apart():
    twins = evidence_for(
        key_in_use(days_old=100), key_in_use(number=2, days_old=100, has_elder_twin=True)
    )

    assert len({evidence.occasion for evidence in twins}) == 2


def test_names_a_key_by_its_number_when_its_id_is_not_known():
    [evidence] = evidence_for(key_in_use(days_old=91, id=None))

    assert "access key 1 dates" in evidence.summary
    assert "aws iam list-access-keys --user-name alice" in evidence.commands


def test_says_the_same_a_day_later():
    key = key_in_use(created_at=days_ago(100))
    tomorrow = account(user("alice", keys=[key], policies=READER), taken_at=days_ago(-1))

    assert evidence_for(key) == access_key_rotation.judge(tomorrow, {})


def test_without_policies_read_age_alone_decides():
    snapshot = account(user(keys=[key_in_use(days_old=91)]), lacking=(Part.AUTHORIZATION_DETAILS,))

    [evidence] = access_key_rotation.judge(snapshot, {})

    assert evidence.severity is Severity.HIGH


def test_says_nothing_of_a_user_whose_credentials_were_not_read():
    assert not access_key_rotation.judge(account(user(credentials=None)), {})


def test_nothing_lowers_what_is_due_for_a_year():
    [powerless] = evidence_for(access_key(days_old=366), policies=())

    assert powerless.severity is Severity.CRITICAL
    assert "severity_because" not in powerless.data
