"""The scheduled audit of one account: snapshot, checks, the difference, coverage."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from rolecall.model.account import Account, Gap
from rolecall.model.coverage import AccountCoverage
from rolecall.model.finding import Finding, Sighting, finding_of
from rolecall.model.rule import Check
from rolecall.model.settings import Settings
from rolecall.services.ports import Accounts, Coverage, Findings
from rolecall.services.reconcile import reconcile

COVERAGE_RULE = "coverage-gap"


class ChecksFailedError(ExceptionGroup):
    """Some checks crashed on an account; everything else was judged and saved."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the checks make of one snapshot."""

    account: Account
    """The snapshot, with a gap for every check that crashed."""
    findings: tuple[Finding, ...]
    judged: frozenset[str]
    """Ids of the checks that had their data and came to an end."""
    not_judged: tuple[str, ...]
    crashes: tuple[Exception, ...]


def judge(account: Account, checks: Iterable[Check], settings: Settings, source: str) -> Judgement:
    """Run the checks over a snapshot.

    A check that lacks a part of the snapshot is not run; one that crashes stops no other. Either
    way its findings are neither opened nor resolved, and the gap becomes a finding of its own.
    """
    enabled = [check for check in checks if settings.of(check).enabled]
    able = [check for check in enabled if not any(account.lacks(part) for part in check.needs)]
    findings: list[Finding] = []
    crashes: dict[str, Exception] = {}
    # Coverage comes last: it tells of the others' crashes too.
    for check in sorted(able, key=lambda check: check.id == COVERAGE_RULE):
        try:
            findings += _findings(check, account, settings, source)
        except Exception as error:  # noqa: BLE001 - carried: a gap, a coverage finding, a failed run
            error.add_note(f"while running {check.id} on account {account.id}")
            crashes[check.id] = error
            account = replace(account, gaps=(*account.gaps, _crash_gap(check, error)))
    return Judgement(
        account=account,
        findings=tuple(findings),
        judged=frozenset(check.id for check in able if check.id not in crashes),
        not_judged=tuple(check.id for check in enabled if check not in able or check.id in crashes),
        crashes=tuple(crashes.values()),
    )


def _findings(check: Check, account: Account, settings: Settings, source: str) -> list[Finding]:
    sighting = Sighting(
        account_id=account.id,
        region="global",
        source=source,
        first_seen_at=account.taken_at,
        recorded_at=account.taken_at,
    )
    evidence = check.judge(account, settings.of(check).parameters)
    return [finding_of(check, each, sighting) for each in evidence]


def _crash_gap(check: Check, error: Exception) -> Gap:
    return Gap(
        part=f"the result of {check.id}",
        call="the check crashed",
        error=f"{type(error).__name__}: {error}",
        audit=next(iter(check.audits)) if len(check.audits) == 1 else "",
    )


@dataclass(frozen=True, slots=True)
class Audit:
    """The use case: one kind of audit on one account."""

    accounts: Accounts
    findings: Findings
    coverage: Coverage
    checks: tuple[Check, ...]
    settings: Settings

    def run(self, account_id: str, audit: str, run: str) -> AccountCoverage:
        """Save what changed since the last audit of the account, and what could be seen of it.

        Raises ChecksFailedError after everything is saved when a check crashed.
        """
        return self.record(self.accounts.snapshot(account_id), audit, run)

    def record(self, account: Account, audit: str, run: str) -> AccountCoverage:
        """Judge a snapshot and save the difference; `run` does this with a fresh one."""
        mine = [check for check in self.checks if audit in check.audits]
        judgement = judge(account, mine, self.settings, f"{audit}/{run}")
        covered = _coverage(judgement, audit, run, account.taken_at)
        self.findings.save(
            reconcile(self._known(judgement, covered), judgement.findings, account.taken_at)
        )
        self.coverage.save(covered)
        if judgement.crashes:
            failed = f"{len(judgement.crashes)} checks failed on account {account.id}"
            raise ChecksFailedError(failed, list(judgement.crashes))
        return covered

    def _known(self, judgement: Judgement, covered: AccountCoverage) -> list[Finding]:
        """Return the stored findings that this judgement may change.

        From an account that could not be read at all we learn nothing about earlier gaps either,
        from a principal of whom a part could not be read nothing that depends on that part, and
        of what another audit alone can see, such as its own crash, nothing at all.
        """
        known = self.findings.of_account(judgement.account.id, judgement.judged)
        observed = {finding.id for finding in judgement.findings}
        unread = {
            check.id: _unread_principals(judgement.account, check)
            for check in self.checks
            if check.id in judgement.judged
        }
        return [
            finding
            for finding in known
            if finding.id in observed
            or (
                covered.was_read
                and finding.principal not in unread[finding.rule]
                and finding.evidence.get("audit") in (None, "", covered.audit)
            )
        ]


def _unread_principals(account: Account, check: Check) -> frozenset[str]:
    return frozenset().union(*map(account.unread_principals, check.needs))


def _coverage(judgement: Judgement, audit: str, run: str, at: datetime) -> AccountCoverage:
    return AccountCoverage(
        account_id=judgement.account.id,
        audit=audit,
        run=run,
        at=at,
        gaps=judgement.account.gaps,
        not_judged=judgement.not_judged,
        was_read=not any(gap.is_total for gap in judgement.account.gaps),
    )
