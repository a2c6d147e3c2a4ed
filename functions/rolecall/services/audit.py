"""The scheduled audit of one account: snapshot, checks, the difference, coverage."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rolecall.model.account import Account, Gap
from rolecall.model.coverage import AccountCoverage, parts_of
from rolecall.model.finding import Finding, Sighting, Status, finding_of
from rolecall.model.rule import Check
from rolecall.model.settings import Settings
from rolecall.services.exempt import Exempt
from rolecall.services.parametrize import evidence_of, is_decidable
from rolecall.services.places import places_of
from rolecall.services.ports import Accounts, Coverage, Exceptions, Findings
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


def judge(
    account: Account, checks: Iterable[Check], settings: Settings, source: str, file: str = ""
) -> Judgement:
    """Run the checks over a snapshot, which may have been read from a file.

    A check that lacks a part of the snapshot, or of what decides its parameters, is not run; one
    that crashes stops no other. Either way its findings are neither opened nor resolved, and the
    gap becomes a finding of its own. Findings that an exception covers are suppressed: those that
    the account carries, the reviewed ones where it carries none.
    """
    account = replace(account, exceptions=account.exceptions or settings.exceptions)
    enabled = [check for check in checks if settings.of(check).enabled]
    places = places_of(account)
    able = [check for check in enabled if not any(account.lacks(part) for part in check.needs)]
    vague = [check for check in able if not is_decidable(settings.of(check), places)]
    able = [check for check in able if check not in vague]
    account = replace(account, gaps=(*account.gaps, *map(_vague_gap, vague)))
    sighting = Sighting(
        account_id=account.id,
        region="global",
        source=source,
        first_seen_at=account.taken_at,
        recorded_at=account.taken_at,
        file=file,
    )
    findings: list[Finding] = []
    crashes: dict[str, Exception] = {}
    # Coverage comes last: it tells of the others' crashes too.
    for check in sorted(able, key=lambda check: check.id == COVERAGE_RULE):
        try:
            evidence = evidence_of(check, account, settings.of(check), places)
            findings += [finding_of(check, each, sighting) for each in evidence]
        except Exception as error:  # noqa: BLE001 - carried: a gap, a coverage finding, a failed run
            error.add_note(f"while running {check.id} on account {account.id}")
            crashes[check.id] = error
            account = replace(account, gaps=(*account.gaps, _crash_gap(check, error)))
    return Judgement(
        account=account,
        findings=tuple(map(Exempt(account.exceptions, places, account.taken_at), findings)),
        judged=frozenset(check.id for check in able if check.id not in crashes),
        not_judged=tuple(check.id for check in enabled if check not in able or check.id in crashes),
        crashes=tuple(crashes.values()),
    )


def _vague_gap(check: Check) -> Gap:
    problem = "its overrides ask for an organizational unit, or for tags, that could not be read"
    return Gap(part=f"check {check.id}", call=check.id, error=problem)


def _crash_gap(check: Check, error: Exception) -> Gap:
    return Gap(part=f"check {check.id}", call=check.id, error=f"{type(error).__name__}: {error}")


@dataclass(frozen=True, slots=True)
class Audit:
    """The use case: one kind of audit on one account."""

    accounts: Accounts
    findings: Findings
    coverage: Coverage
    checks: tuple[Check, ...]
    settings: Settings
    exceptions: Exceptions

    def run(self, account_id: str, audit: str, run: str) -> AccountCoverage:
        """Save what changed since the last audit of the account, and what could be seen of it.

        Raises ChecksFailedError after everything is saved when a check crashed.
        """
        return self.record(self.accounts.snapshot(account_id), audit, run)

    def record(self, account: Account, audit: str, run: str) -> AccountCoverage:
        """Judge a snapshot and save the difference; `run` does this with a fresh one."""
        mine = [check for check in self.checks if audit in check.audits]
        # Findings first, exceptions after: one that is stored meanwhile is never taken for gone.
        known = self.findings.of_account(account.id, frozenset(check.id for check in mine))
        account = replace(
            account.remembering(known),
            exceptions=(*self.settings.exceptions, *self.exceptions.all()),
        )
        account = account.remembering(known)
        judgement = judge(account, mine, self.settings, f"{audit}/{run}")
        before = self.coverage.of_audit(audit, [account.id]).get(account.id)
        covered = _coverage(judgement, audit, run, before)
        self.findings.save(self._difference(known, judgement, covered))
        self.coverage.save(covered)
        if judgement.crashes:
            failed = f"{len(judgement.crashes)} checks failed on account {account.id}"
            raise ChecksFailedError(failed, list(judgement.crashes))
        return covered

    def _difference(
        self, known: Sequence[Finding], judgement: Judgement, covered: AccountCoverage
    ) -> list[Finding]:
        """Return what to write, exceptions applied.

        What is suppressed and was not judged today is seen again as it was: when its exception is
        over it opens, whether or not the account could be read.
        """
        before = {finding.id: finding for finding in known}
        account = judgement.account
        exempt = Exempt(account.exceptions, places_of(account), account.taken_at)
        observed = [exempt(each, before.get(each.id)) for each in judgement.findings]
        changeable = {each.id for each in self._changeable(known, judgement, covered)}
        left = [each for each in known if each.id not in changeable]
        again = [exempt.again(each) for each in left if each.status is Status.SUPPRESSED]
        ids = {*changeable, *(each.id for each in again)}
        return reconcile(
            [each for each in known if each.id in ids], [*observed, *again], account.taken_at
        )

    def _changeable(
        self, known: Iterable[Finding], judgement: Judgement, covered: AccountCoverage
    ) -> list[Finding]:
        """Return the stored findings that this judgement may change.

        From an account that could not be read at all we learn nothing about earlier gaps either,
        and from a principal of whom a part could not be read nothing that depends on that part.
        """
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
                finding.rule in unread
                and covered.was_read
                and finding.principal not in unread[finding.rule]
            )
        ]


def _unread_principals(account: Account, check: Check) -> frozenset[str]:
    return frozenset().union(*map(account.unread_principals, check.needs))


def _coverage(
    judgement: Judgement, audit: str, run: str, before: AccountCoverage | None
) -> AccountCoverage:
    account = judgement.account
    return AccountCoverage(
        account_id=account.id,
        audit=audit,
        run=run,
        at=account.taken_at,
        gaps=account.gaps,
        not_judged=judgement.not_judged,
        was_read=not any(gap.is_total for gap in account.gaps),
        parts=parts_of(account, before),
    )
