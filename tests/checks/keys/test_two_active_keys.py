from rolecall.checks.keys.two_active_keys import two_active_keys
from rolecall.model.severity import Severity
from tests.builders import KEY_ID, access_key, account, days_ago, held, user

SECOND_ID = "AKIAI44QH8DHBEXAMPLE"


def evidence_for(*keys, **parameters):
    alice = user("alice", keys=keys, policies=(held("s3:GetObject"),))
    return two_active_keys.judge(account(alice), parameters)


def second(**fields):
    return access_key(**{"number": 2, "id": SECOND_ID, **fields})


def test_flags_two_active_keys():
    [evidence] = evidence_for(access_key(days_old=50), second(days_old=20))

    assert evidence.summary == (
        f"user alice has two active access keys: {KEY_ID} of 2026-10-04"
        f" and {SECOND_ID} of 2026-11-03"
    )
    assert evidence.severity is Severity.MEDIUM


def test_says_in_other_words_that_a_rotation_is_in_progress():
    [evidence] = evidence_for(access_key(days_old=50), second(created_at=days_ago(14)))

    assert evidence.summary == (
        f"user alice is rotating its access key: {KEY_ID} of 2026-10-04"
        f" beside {SECOND_ID} of 2026-11-09"
    )
    assert evidence.severity is Severity.INFORMATIONAL


def test_a_rotation_lasts_two_weeks_to_the_second():
    [evidence] = evidence_for(access_key(days_old=50), second(created_at=days_ago(14, seconds=1)))

    assert evidence.severity is Severity.MEDIUM


def test_two_keys_made_in_the_same_second_are_no_rotation():
    [evidence] = evidence_for(access_key(days_old=1), second(days_old=1, has_elder_twin=True))

    assert evidence.severity is Severity.MEDIUM


def test_proposes_to_deactivate_the_elder_one_whatever_its_number():
    [evidence] = evidence_for(access_key(days_old=20), second(days_old=50))

    assert f"rolecall keys prove {SECOND_ID}" in evidence.commands


def test_accepts_one_active_and_one_deactivated_key():
    assert not evidence_for(access_key(days_old=50), second(days_old=20, active=False))


def test_accepts_a_user_without_keys():
    assert not evidence_for()


def test_follows_the_configured_overlap():
    [evidence] = evidence_for(access_key(days_old=50), second(days_old=8), overlap_days=7)

    assert evidence.severity is Severity.MEDIUM
