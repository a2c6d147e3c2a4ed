from dataclasses import replace

import pytest

from rolecall.checks.keys.access_key_rotation import access_key_rotation
from rolecall.model.completeness import Completeness, Part, State
from rolecall.model.finding import Status
from rolecall.model.settings import Settings
from rolecall.model.severity import Severity
from rolecall.services.judge import judge
from rolecall.services.keep_knowledge import keep_severity
from tests.builders import access_key, account, finding, held, user

ADMINISTRATOR = user(keys=[access_key(days_old=100, used=0)], policies=(held("*"),))
BLIND = user(keys=[access_key(days_old=100, used=0)])


def judged(snapshot):
    return list(judge(snapshot, (access_key_rotation,), Settings(), "test").findings)


def without_details(state, earlier):
    known = account(BLIND).remembering(earlier)
    details = {Part.AUTHORIZATION_DETAILS: Completeness(state, "AccessDenied")}
    return replace(known, parts={**known.parts, **details})


@pytest.mark.parametrize("state", [State.DENIED, State.FAILED, State.STALE])
def test_what_could_not_be_read_makes_no_finding_milder(state):
    before = judged(account(ADMINISTRATOR))

    after = judged(without_details(state, before))

    assert before[0].severity is Severity.CRITICAL
    assert after == before


def test_what_nobody_asked_for_is_not_waited_for():
    before = judged(account(ADMINISTRATOR))

    [after] = judged(without_details(State.NOT_ASKED, before))

    assert after.severity is Severity.HIGH


def test_a_new_finding_has_the_severity_of_what_is_known():
    [new] = judged(without_details(State.DENIED, []))

    assert new.severity is Severity.HIGH


def test_what_could_not_be_read_makes_no_finding_worse():
    powerless = user(keys=[access_key(days_old=100, used=0)])
    before = judged(account(powerless))

    after = judged(without_details(State.DENIED, before))

    assert before[0].severity is Severity.MEDIUM
    assert after == before


def test_what_the_evidence_says_anew_may_make_it_worse():
    milder = finding(severity=Severity.LOW, evidence={"passed_days": 90})
    worse = finding(severity=Severity.HIGH, evidence={"passed_days": 180})

    assert keep_severity(worse, milder) is worse


def test_a_finding_that_was_resolved_begins_anew():
    now = finding(severity=Severity.LOW)
    over = finding(severity=Severity.HIGH, status=Status.RESOLVED)

    assert keep_severity(now, over) is now


def test_one_unreadable_policy_of_an_administrator_makes_no_finding_milder():
    before = judged(account(ADMINISTRATOR))
    unread = replace(ADMINISTRATOR, unread=("odd",))

    after = judged(account(unread).remembering(before))

    assert before[0].severity is Severity.CRITICAL
    assert after == before


def test_a_night_without_the_ids_of_keys_changes_no_finding():
    before = judged(account(ADMINISTRATOR))
    nameless = user(keys=[access_key(days_old=100, used=0, id=None)], policies=(held("*"),))
    denied = {Part.ACCESS_KEY_IDS: Completeness(State.DENIED, "AccessDenied")}
    known = account(nameless).remembering(before)

    after = judged(replace(known, parts={**known.parts, **denied}))

    assert after == before


def test_ids_of_keys_that_nobody_asks_for_are_not_kept():
    before = judged(account(ADMINISTRATOR))
    nameless = user(keys=[access_key(days_old=100, used=0, id=None)], policies=(held("*"),))

    [after] = judged(account(nameless).remembering(before))

    assert after.evidence["access_key_id"] is None
