from dataclasses import replace

from rolecall.checks.account.coverage_gap import coverage_gap
from rolecall.checks.keys.access_key_rotation import access_key_rotation
from rolecall.model.account import Gap
from rolecall.model.organization import MemberAccount
from rolecall.model.settings import Settings
from rolecall.model.severity import Severity
from rolecall.services.audit import Audit
from rolecall.services.cover import Cover
from tests.builders import (
    ACCOUNT,
    FOREIGN,
    HUB,
    NOW,
    ORGANIZATION,
    access_key,
    account,
    days_ago,
    user,
)
from tests.fakes import FakeAccounts, FakeClock, FakeCoverage, FakeExceptions, FakeFindings

DENIED = Gap("account", "sts:AssumeRole", "AccessDenied", is_total=True)


def a_cover(*snapshots):
    audit = Audit(
        accounts=FakeAccounts(*snapshots),
        findings=FakeFindings(),
        coverage=FakeCoverage(),
        checks=(access_key_rotation, coverage_gap),
        settings=Settings(),
        exceptions=FakeExceptions(),
    )
    return Cover(audit, FakeClock(NOW))


def audited(cover, account_id, run="run-2"):
    cover.audit.run(account_id, "key-rotation", run)


def covered(cover):
    return cover.run("key-rotation", "run-2", [ACCOUNT, HUB])


def test_is_content_when_every_account_was_read():
    cover = a_cover(account(), account(id=HUB))
    audited(cover, ACCOUNT)
    audited(cover, HUB)

    seen = covered(cover)

    assert (seen.read, seen.unread) == (2, ())
    assert not cover.audit.findings.stored


def test_turns_an_account_without_a_word_into_a_coverage_finding():
    cover = a_cover(account())
    audited(cover, ACCOUNT)

    seen = covered(cover)

    assert (seen.read, seen.unread) == (1, (HUB,))
    [finding] = cover.audit.findings.stored.values()
    assert (finding.account_id, finding.rule) == (HUB, "coverage-gap")


def test_does_not_take_the_word_of_an_earlier_run():
    cover = a_cover(account(), account(id=HUB))
    audited(cover, ACCOUNT)
    audited(cover, HUB, "run-1")

    assert covered(cover).unread == (HUB,)


def test_counts_an_account_that_could_not_be_read_as_unread():
    cover = a_cover(account(), account(id=HUB, gaps=(DENIED,)))
    audited(cover, ACCOUNT)
    audited(cover, HUB)

    assert covered(cover).unread == (HUB,)


def test_touches_no_other_finding_of_a_silent_account():
    cover = a_cover(account(user(keys=[access_key(days_old=100)])), account(id=HUB))
    audited(cover, ACCOUNT, "run-1")
    audited(cover, HUB)
    [before] = cover.audit.findings.stored.values()

    covered(cover)

    assert cover.audit.findings.stored[before.id] == before


def test_the_coverage_finding_heals_when_the_account_is_read_again():
    cover = a_cover(account(), account(id=HUB))
    audited(cover, ACCOUNT)
    covered(cover)

    audited(cover, HUB, "run-3")

    [finding] = cover.audit.findings.stored.values()
    assert finding.status.value == "RESOLVED"


def test_another_audit_does_not_take_the_coverage_finding_back():
    cover = a_cover(account(), account(id=HUB))
    audited(cover, ACCOUNT)
    covered(cover)

    cover.audit.run(HUB, "user-age", "run-9")

    [finding] = cover.audit.findings.stored.values()
    assert finding.status.value == "OPEN"


def test_says_of_a_suspended_account_that_it_is_and_counts_it_nowhere():
    cover = a_cover(account(), account(id=HUB))
    audited(cover, ACCOUNT)
    audited(cover, HUB)
    closed = MemberAccount(id=FOREIGN, status="SUSPENDED")
    cover.audit.coverage.save_organization(replace(ORGANIZATION, accounts={FOREIGN: closed}))

    seen = covered(cover)

    assert (seen.read, seen.unread) == (2, ())
    [finding] = cover.audit.findings.stored.values()
    assert (finding.account_id, finding.rule) == (FOREIGN, "coverage-gap")
    assert finding.severity is Severity.INFORMATIONAL
    assert "the account is SUSPENDED" in finding.summary


def test_gives_an_account_that_has_just_joined_a_day():
    def severity(joined_at):
        cover = a_cover(account())
        audited(cover, ACCOUNT)
        new = MemberAccount(id=HUB, joined_at=joined_at)
        cover.audit.coverage.save_organization(replace(ORGANIZATION, accounts={HUB: new}))
        covered(cover)
        [finding] = cover.audit.findings.stored.values()
        return finding.severity

    assert severity(days_ago(1)) is Severity.INFORMATIONAL
    assert severity(days_ago(1, seconds=1)) is Severity.HIGH
