"""What an event told of a user is known to the audits after it, and to those after the event."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rolecall.catalog import find_rule
from rolecall.detections.credentials.user_created import user_created
from rolecall.model.finding import Status
from rolecall.model.organization import People, Person
from rolecall.model.settings import Settings
from rolecall.services.audit import Audit
from rolecall.services.detect import Detect
from tests.builders import NOW, account, days_ago, password, record, role_identity, user
from tests.fakes import (
    FakeAccounts,
    FakeClock,
    FakeCoverage,
    FakeExceptions,
    FakeFindings,
    an_event_judge,
)

ALICE = user("alice", password=password(days_old=100), days_old=100)
PEOPLE = People((Person(user_name="alice", is_active=False),), "people.csv")
RULES = ("console-never-used", "user-of-leaver", "user-without-owner")
WORDS = "; it was made by role admin (session bob) on 2026-08-15"


@pytest.fixture
def findings():
    return FakeFindings()


def make_user(findings, at=ALICE.created_at):
    """Let the event of the user's creation arrive."""
    created = record(
        "CreateUser",
        actor=role_identity("admin", "bob"),
        request={"userName": "alice"},
        response={"user": {"userName": "alice", "arn": ALICE.arn}},
        eventTime=f"{at:%Y-%m-%dT%H:%M:%SZ}",
    )
    detect = Detect(findings, an_event_judge([user_created]), FakeClock(at), FakeExceptions())
    [_] = detect.run(created)


def run_audit(findings, *, later=0):
    """Audit the account; return what is written, and by rule what is stored of the checks."""
    snapshot = account(ALICE, people=PEOPLE, taken_at=NOW + timedelta(days=later))
    checks = tuple(map(find_rule, RULES))
    audit = Audit(
        FakeAccounts(snapshot), findings, FakeCoverage(), checks, Settings(), FakeExceptions()
    )
    before = findings.writes
    audit.run(snapshot.id, "user-age", "run")
    stored = {each.rule: each for each in findings.stored.values() if each.kind == "check"}
    return findings.writes - before, stored


@pytest.mark.parametrize("rule", RULES)
def test_the_audit_says_who_made_the_user(findings, rule):
    make_user(findings)

    _, stored = run_audit(findings)

    assert stored[rule].summary.endswith(WORDS)
    assert stored[rule].evidence["creator"].endswith(":role/admin")


@pytest.mark.parametrize("rule", RULES)
def test_without_the_event_the_audit_says_nothing_of_it(findings, rule):
    _, stored = run_audit(findings)

    assert "made by" not in stored[rule].summary
    assert "creator" not in stored[rule].evidence


def test_the_creator_of_an_earlier_user_of_that_name_is_not_taken_for_this_ones(findings):
    make_user(findings, at=days_ago(200))

    _, stored = run_audit(findings)

    assert "creator" not in stored["user-without-owner"].evidence


def test_a_second_audit_writes_nothing(findings):
    make_user(findings)
    run_audit(findings)

    assert run_audit(findings, later=1)[0] == 0


def test_a_second_audit_writes_nothing_though_the_event_has_left_the_table(findings):
    make_user(findings, at=ALICE.created_at + timedelta(seconds=1))
    run_audit(findings)
    findings.stored = {i: each for i, each in findings.stored.items() if each.kind == "check"}

    written, stored = run_audit(findings, later=400)

    assert written == 0
    assert stored["user-without-owner"].summary.endswith(WORDS)


def test_the_audit_leaves_the_finding_of_the_detection_as_it_is(findings):
    make_user(findings)
    [event] = findings.stored.values()

    run_audit(findings)

    assert findings.stored[event.id] == event
    assert event.status is Status.OPEN


def test_an_event_that_somebody_closed_tells_as_well(findings):
    make_user(findings)
    [event] = findings.stored.values()
    findings.stored = {event.id: replace(event, status=Status.RESOLVED)}

    _, stored = run_audit(findings)

    assert stored["user-of-leaver"].summary.endswith(WORDS)
