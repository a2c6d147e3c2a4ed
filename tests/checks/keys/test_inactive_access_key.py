from dataclasses import replace

from rolecall.checks.keys.inactive_access_key import inactive_access_key
from rolecall.model.completeness import Part
from rolecall.model.finding import Sighting, Status, finding_of
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, KEY_ID, NOW, access_key, account, days_ago, root, user


def old_key(**fields):
    return access_key(**{"days_old": 3000, "active": False, **fields})


def evidence_at(moment, *findings, key=None):
    snapshot = account(user("alice", keys=[key or old_key()]), taken_at=moment)
    return inactive_access_key.judge(snapshot.remembering(findings), {})


def stored(evidence, status=Status.OPEN):
    sighting = Sighting(ACCOUNT, "global", "key-rotation/run-1", NOW, NOW)
    return replace(finding_of(inactive_access_key, evidence, sighting), status=status)


def test_mentions_a_deactivated_key():
    [evidence] = evidence_at(NOW)

    assert evidence.summary == (
        f"user alice keeps the deactivated access key {KEY_ID} of 2018-09-06"
    )
    assert evidence.severity is Severity.INFORMATIONAL


def test_the_age_of_an_inactive_key_counts_from_deactivation_not_from_creation():
    """Trap 3."""
    [first] = evidence_at(days_ago(90))

    [in_time] = evidence_at(NOW, stored(first))
    [too_late] = evidence_at(days_ago(0, seconds=-1), stored(first))

    assert in_time.severity is Severity.INFORMATIONAL
    assert too_late.severity is Severity.LOW


def test_says_the_same_as_long_as_nothing_changes():
    [first] = evidence_at(days_ago(10))

    [second] = evidence_at(NOW, stored(first))

    assert second == first


def test_counts_anew_after_the_key_was_active_in_between():
    [first] = evidence_at(days_ago(100))

    [second] = evidence_at(NOW, stored(first, Status.RESOLVED))

    assert second.data["seen_inactive_at"] == "2026-11-23T12:00:00Z"


def test_counts_on_while_an_exception_suppresses_it():
    [first] = evidence_at(days_ago(100))

    [second] = evidence_at(NOW, stored(first, Status.SUPPRESSED))

    assert second.severity is Severity.LOW


def test_only_mentions_a_key_where_no_audit_is_remembered():
    snapshot = account(user(keys=[old_key()]), lacking=(Part.EARLIER_FINDINGS,))

    [evidence] = inactive_access_key.judge(snapshot, {})

    assert evidence.severity is Severity.INFORMATIONAL
    assert evidence.data["seen_inactive_at"] is None


def test_mentions_the_root_users_keys_too():
    [evidence] = inactive_access_key.judge(account(root=root(keys=[old_key(id=None)])), {})

    assert evidence.resource == account().resource
    assert evidence.summary.startswith(f"the root user of {ACCOUNT} keeps the deactivated")
    assert evidence.commands[1] == "aws iam delete-access-key --access-key-id KEY_ID"


def test_accepts_an_active_key():
    assert not evidence_at(NOW, key=access_key(days_old=3000))


def test_says_nothing_of_a_user_whose_credentials_were_not_read():
    assert not inactive_access_key.judge(account(user(credentials=None)), {})
