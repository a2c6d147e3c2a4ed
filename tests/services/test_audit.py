from dataclasses import replace
from datetime import timedelta

import pytest

from rolecall.checks.account.coverage_gap import coverage_gap
from rolecall.checks.keys.access_key_rotation import access_key_rotation
from rolecall.checks.keys.unused_credentials import unused_credentials
from rolecall.checks.keys.woke_up import woke_up
from rolecall.model.account import Gap
from rolecall.model.completeness import Completeness, Part, State
from rolecall.model.finding import Status
from rolecall.model.organization import MemberAccount
from rolecall.model.rule import Check
from rolecall.model.scope import Scope
from rolecall.model.settings import RuleSettings, Settings
from rolecall.model.severity import Severity
from rolecall.services.audit import Audit, ChecksFailedError
from tests.builders import (
    ACCOUNT,
    NOW,
    ORGANIZATION,
    access_key,
    account,
    an_exception,
    days_ago,
    finding,
    user,
)
from tests.fakes import FakeAccounts, FakeCoverage, FakeExceptions, FakeFindings

CHECKS = (access_key_rotation, coverage_gap)
OLD_KEY = account(user(keys=[access_key(days_old=100)]))
REPORT_DENIED = Gap("credential-report", "iam:GetCredentialReport", "AccessDenied")
UNREAD = Gap("account", "sts:AssumeRole", "AccessDenied", is_total=True)


def an_audit(snapshot, *, checks=CHECKS, findings=None, settings=None):
    return Audit(
        accounts=FakeAccounts(snapshot),
        findings=findings or FakeFindings(),
        coverage=FakeCoverage(),
        checks=checks,
        settings=settings or Settings(),
        exceptions=FakeExceptions(),
    )


def run(audit, name="run-1"):
    return audit.run(ACCOUNT, "key-rotation", name)


def stored(audit, rule="access-key-rotation"):
    return [each for each in audit.findings.stored.values() if each.rule == rule]


def test_saves_what_the_checks_find():
    audit = an_audit(OLD_KEY)

    coverage = run(audit)

    [found] = stored(audit)
    assert found.is_open
    assert found.source == "key-rotation/run-1"
    assert coverage.status == "read"


def test_does_what_comes_after_an_audit_with_the_snapshot_that_was_judged():
    seen = []
    audit = replace(an_audit(OLD_KEY), afterwards={"key-rotation": seen.append})

    run(audit)
    audit.run(ACCOUNT, "user-age", "run-1")

    [snapshot] = seen
    assert snapshot.users == OLD_KEY.users
    assert audit.coverage.stored[ACCOUNT, "key-rotation"]


def test_asks_for_nothing_but_what_its_checks_need():
    audit = an_audit(OLD_KEY)

    run(audit)

    assert audit.accounts.needed == access_key_rotation.needs


def test_writes_nothing_the_second_time():
    audit = an_audit(OLD_KEY)
    run(audit)
    written = audit.findings.writes

    run(audit, "run-2")

    assert audit.findings.writes == written


def test_resolves_what_is_over():
    audit = an_audit(OLD_KEY)
    run(audit)

    audit.accounts.snapshots[ACCOUNT] = account(user())
    run(audit, "run-2")

    assert [each.status for each in stored(audit)] == [Status.RESOLVED]


def test_reopens_what_is_back():
    audit = an_audit(OLD_KEY)
    run(audit)
    audit.accounts.snapshots[ACCOUNT] = account(user())
    run(audit, "run-2")

    audit.accounts.snapshots[ACCOUNT] = OLD_KEY
    run(audit, "run-3")

    assert [each.status for each in stored(audit)] == [Status.OPEN]


def test_touches_no_finding_of_a_check_that_lacked_its_data():
    audit = an_audit(OLD_KEY)
    run(audit)
    before = stored(audit)

    audit.accounts.snapshots[ACCOUNT] = account(gaps=(REPORT_DENIED,))
    coverage = run(audit, "run-2")

    assert stored(audit) == before
    assert coverage.status == "partial"
    assert coverage.not_judged == ("access-key-rotation",)


def test_lets_checks_see_what_the_audit_before_stored():
    def used(days):
        return account(user(keys=[access_key(days_old=900, used=days)], days_old=900))

    audit = an_audit(used(200), checks=(unused_credentials, woke_up))
    run(audit)

    audit.accounts.snapshots[ACCOUNT] = used(0)
    run(audit, "run-2")

    [finding] = stored(audit, "woke-up")
    assert "was silent from 2026-05-07 on and was used again on 2026-11-23" in finding.summary


def test_turns_what_could_not_be_read_into_a_coverage_finding():
    audit = an_audit(account(gaps=(REPORT_DENIED,)))

    run(audit)

    [gap] = stored(audit, "coverage-gap")
    assert gap.evidence["call"] == "iam:GetCredentialReport"
    assert not stored(audit)


def test_resolves_the_coverage_finding_when_the_data_is_back():
    audit = an_audit(account(gaps=(REPORT_DENIED,)))
    run(audit)

    audit.accounts.snapshots[ACCOUNT] = account()
    run(audit, "run-2")

    assert [each.status for each in stored(audit, "coverage-gap")] == [Status.RESOLVED]


def test_touches_nothing_but_its_own_finding_when_the_account_cannot_be_read():
    audit = an_audit(replace(OLD_KEY, gaps=(Gap("access-key-ids", "iam:ListAccessKeys", "x"),)))
    run(audit)
    before = dict(audit.findings.stored)

    audit.accounts.snapshots[ACCOUNT] = account(gaps=(UNREAD,))
    coverage = run(audit, "run-2")

    assert coverage.status == "unread"
    assert {each: audit.findings.stored[each] for each in before} == before
    assert len(audit.findings.stored) == len(before) + 1


@Check(
    id="crashing",
    title="Never true",
    severity=Severity.LOW,
    needs=frozenset(),
    in_every_audit=True,
    remediation="",
    references=(),
)
def crashing(account):
    """Crash on every account."""
    raise ZeroDivisionError(account.id)
    yield


def test_a_check_that_crashes_stops_no_other_and_fails_the_run_loudly():
    audit = an_audit(OLD_KEY, checks=(crashing, *CHECKS))

    with pytest.raises(ChecksFailedError) as failure:
        run(audit)

    [error] = failure.value.exceptions
    assert error.__notes__ == [f"while running crashing on account {ACCOUNT}"]
    assert stored(audit)
    [gap] = stored(audit, "coverage-gap")
    assert gap.evidence["error"] == f"ZeroDivisionError: {ACCOUNT}"


def test_a_check_that_crashes_resolves_none_of_its_findings():
    healthy = replace(access_key_rotation, evaluate=access_key_rotation.evaluate)
    audit = an_audit(OLD_KEY, checks=(healthy, coverage_gap))
    run(audit)
    before = stored(audit)

    broken = replace(healthy, evaluate=crashing.evaluate, in_every_audit=True)
    with pytest.raises(ChecksFailedError):
        run(replace(audit, checks=(broken, coverage_gap)), "run-2")

    assert stored(audit) == before


def test_an_audit_does_not_take_back_what_another_alone_can_see():
    crashed = replace(crashing, in_every_audit=False, evaluate=unused_credentials.evaluate)
    audit = an_audit(account(user(keys=[access_key(days_old=-1)])), checks=(crashed, coverage_gap))
    broken = replace(audit, checks=(replace(crashed, evaluate=_of_keys), coverage_gap))
    with pytest.raises(ChecksFailedError):
        run(broken)

    audit.run(ACCOUNT, "user-age", "run-2")
    assert [each.status for each in stored(audit, "coverage-gap")] == [Status.OPEN]

    run(audit, "run-3")
    assert [each.status for each in stored(audit, "coverage-gap")] == [Status.RESOLVED]


def _of_keys(account):
    raise ZeroDivisionError(account.id)
    yield


_of_keys.__module__ = unused_credentials.evaluate.__module__


def test_runs_only_the_checks_of_its_audit():
    audit = an_audit(OLD_KEY)

    audit.run(ACCOUNT, "user-age", "run-1")

    assert not stored(audit)


def test_follows_the_settings():
    later = {"max_age_days": 200}
    lenient = Settings(rules={"access-key-rotation": RuleSettings(parameters=later)})
    off = Settings(rules={"access-key-rotation": RuleSettings(enabled=False)})

    for settings in (lenient, off):
        audit = an_audit(OLD_KEY, settings=settings)
        run(audit)
        assert not stored(audit)


def test_a_rule_that_is_switched_off_leaves_its_findings_as_they_are():
    audit = an_audit(OLD_KEY)
    run(audit)
    off = Settings(rules={"access-key-rotation": RuleSettings(enabled=False)})

    run(replace(audit, settings=off, accounts=FakeAccounts(account())), "run-2")

    assert [each.status for each in stored(audit)] == [Status.OPEN]


def test_an_unchanged_world_says_the_same_a_day_later():
    audit = an_audit(
        account(user(keys=[access_key(created_at=days_ago(100))])),
        checks=(access_key_rotation, unused_credentials),
    )
    run(audit)
    written = audit.findings.writes

    aged = replace(audit.accounts.snapshots[ACCOUNT], taken_at=days_ago(0) + timedelta(days=1))
    run(replace(audit, accounts=FakeAccounts(aged)), "run-2")

    assert audit.findings.writes == written


def reviewed(**fields):
    return Settings(exceptions=(an_exception(**fields),))


def test_what_a_reviewed_exception_covers_is_stored_as_suppressed():
    audit = an_audit(OLD_KEY, settings=reviewed(rule="access-key-rotation"))

    run(audit)

    [hidden] = stored(audit)
    assert hidden.status is Status.SUPPRESSED
    assert hidden.exception.origin == "exceptions[1]"


def test_writes_nothing_the_second_time_with_exceptions_either():
    audit = an_audit(OLD_KEY, settings=reviewed(rule="access-key-rotation"))
    run(audit)
    written = audit.findings.writes

    run(audit, "run-2")

    assert audit.findings.writes == written


def test_an_exception_that_was_made_later_suppresses_what_is_open():
    audit = an_audit(OLD_KEY)
    run(audit)
    [found] = stored(audit)

    audit.exceptions.save(an_exception(finding=found.id))
    run(audit, "run-2")

    assert [each.status for each in stored(audit)] == [Status.SUPPRESSED]


def test_a_later_end_is_written_to_the_findings():
    audit = an_audit(OLD_KEY, settings=reviewed(rule="access-key-rotation"))
    run(audit)
    longer = reviewed(rule="access-key-rotation", ends_on=days_ago(-90).date())

    run(replace(audit, settings=longer), "run-2")

    [hidden] = stored(audit)
    assert hidden.exception.ends_on == days_ago(-90).date()


def test_an_exception_that_is_taken_back_opens_its_findings():
    audit = an_audit(OLD_KEY, settings=reviewed(rule="access-key-rotation"))
    run(audit)

    run(replace(audit, settings=Settings()), "run-2")

    [opened] = stored(audit)
    assert opened.is_open
    assert opened.exception.origin == "exceptions[1]"


def later(snapshot, days):
    return FakeAccounts(replace(snapshot, taken_at=NOW + timedelta(days=days)))


@pytest.mark.parametrize(
    "blind",
    [
        account(gaps=(UNREAD,)),
        account(gaps=(REPORT_DENIED,)),
        account(user(credentials=None)),
    ],
)
def test_an_ended_exception_hides_nothing_even_where_nobody_can_look(blind):
    audit = an_audit(OLD_KEY, settings=reviewed(rule="access-key-rotation"))
    run(audit)

    run(replace(audit, accounts=later(blind, 30)), "run-2")
    assert [each.status for each in stored(audit)] == [Status.SUPPRESSED]

    run(replace(audit, accounts=later(blind, 31)), "run-3")
    assert [each.status for each in stored(audit)] == [Status.OPEN]


def test_any_audit_opens_what_an_ended_exception_hid_detections_too():
    exception = an_exception(rule="root-activity", ends_on=NOW.date())
    detected = finding(
        rule="root-activity", kind="detection", status=Status.SUPPRESSED, exception=exception
    )
    audit = an_audit(account(), findings=FakeFindings(detected), settings=reviewed(rule="x"))

    audit.run(ACCOUNT, "over-privilege", "run-1")

    [opened] = stored(audit, "root-activity")
    assert opened.is_open
    assert opened.summary == detected.summary
    assert opened.changed_at == NOW


def test_an_exception_of_an_unknown_unit_neither_hides_nor_opens():
    in_unit = replace(
        ORGANIZATION, accounts={ACCOUNT: MemberAccount(id=ACCOUNT, ou_path="/Sandbox")}
    )
    settings = reviewed(rule="access-key-rotation", scope=Scope(ou="/Sandbox"))
    known, unknown = replace(OLD_KEY, organization=in_unit), replace(OLD_KEY, organization=None)

    fresh = an_audit(unknown, settings=settings)
    run(fresh)
    assert [each.status for each in stored(fresh)] == [Status.OPEN]

    audit = an_audit(known, settings=settings)
    run(audit)
    run(replace(audit, accounts=FakeAccounts(unknown)), "run-2")
    assert [each.status for each in stored(audit)] == [Status.SUPPRESSED]


def test_remembers_when_each_part_was_last_read():
    audit = an_audit(OLD_KEY)
    run(audit)

    denied = Completeness(State.DENIED, "AccessDenied", "iam:GetCredentialReport")
    parts = {**OLD_KEY.parts, Part.CREDENTIAL_REPORT: denied}
    blind = replace(account(gaps=(REPORT_DENIED,)), parts=parts)
    covered = run(replace(audit, accounts=later(blind, 1)), "run-2")

    assert covered.parts["credential-report"] == replace(denied, read_at=NOW)
    assert covered.parts["authorization-details"].read_at == NOW + timedelta(days=1)


def test_an_account_that_cannot_be_read_keeps_what_was_last_read_of_it():
    audit = an_audit(OLD_KEY)
    run(audit)

    unread = replace(account(gaps=(UNREAD,)), parts={})
    covered = run(replace(audit, accounts=later(unread, 1)), "run-2")

    assert covered.parts["credential-report"] == Completeness(
        State.FAILED, "AccessDenied", "sts:AssumeRole", NOW
    )


def test_checks_see_what_the_audits_before_stored():
    seen = []

    def look(account):
        """Look at what was stored."""
        seen.append({each.rule for each in account.earlier.values()})
        yield from ()

    looking = replace(crashing, id="looking", evaluate=look)
    audit = an_audit(OLD_KEY, checks=(looking, *CHECKS))
    run(audit)
    run(audit, "run-2")

    assert seen == [set(), {"access-key-rotation"}]
