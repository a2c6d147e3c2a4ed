"""The scheduled audit of one account: snapshot, checks, the difference, coverage."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rolecall.model.account import Account
from rolecall.model.administrators_made import GRANTED
from rolecall.model.completeness import Part, State
from rolecall.model.coverage import AccountCoverage, parts_of
from rolecall.model.creators import CREATED
from rolecall.model.finding import Finding, Status
from rolecall.model.rule import Check
from rolecall.model.settings import Settings
from rolecall.services.exempt import Exempt
from rolecall.services.judge import Judgement, judge
from rolecall.services.places import places_of
from rolecall.services.ports import Accounts, Coverage, Exceptions, Findings
from rolecall.services.reconcile import reconcile

__all__ = ["Audit", "ChecksFailedError", "Judgement", "judge"]


class ChecksFailedError(ExceptionGroup):
    """Some checks crashed on an account; everything else was judged and saved."""


@dataclass(frozen=True, slots=True)
class Audit:
    """The use case: one kind of audit on one account."""

    accounts: Accounts
    findings: Findings
    coverage: Coverage
    checks: tuple[Check, ...]
    settings: Settings
    exceptions: Exceptions
    afterwards: Mapping[str, Callable[[Account], object]] = field(default_factory=dict)
    """By audit, what else is made of its snapshot once the findings are saved."""

    def run(self, account_id: str, audit: str, run: str) -> AccountCoverage:
        """Save what changed since the last audit of the account, and what could be seen of it.

        Raises ChecksFailedError after everything is saved when a check crashed.
        """
        needs = [check.needs for check in self._checks_of(audit) if self.settings.of(check).enabled]
        account = self.accounts.snapshot(account_id, frozenset().union(*needs))
        return self.record(account, audit, run)

    def record(self, account: Account, audit: str, run: str) -> AccountCoverage:
        """Judge a snapshot and save the difference; `run` does this with a fresh one."""
        mine = self._checks_of(audit)
        # Findings first, exceptions after: one that is stored meanwhile is never taken for gone.
        wanted = {GRANTED, *CREATED, *(check.id for check in mine)}
        known = self.findings.of_account(account.id, frozenset(wanted))
        account = replace(
            account.remembering(known),
            exceptions=(*self.settings.exceptions, *self.exceptions.all()),
        )
        judgement = judge(account, mine, self.settings, f"{audit}/{run}")
        before = self.coverage.of_audit(audit, [account.id]).get(account.id)
        covered = _coverage(judgement, audit, run, before)
        self.findings.save(self._difference(known, judgement, covered))
        self.coverage.save(covered)
        if audit in self.afterwards:
            self.afterwards[audit](judgement.account)
        if judgement.crashes:
            failed = f"{len(judgement.crashes)} checks failed on account {account.id}"
            raise ChecksFailedError(failed, list(judgement.crashes))
        return covered

    def _checks_of(self, audit: str) -> list[Check]:
        return [check for check in self.checks if audit in check.audits]

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
        from a principal of whom a part could not be read nothing that depends on that part, about
        the account as a whole either, and of what another audit alone can see nothing at all.
        """
        observed = {finding.id for finding in judgement.findings}
        unread = {
            check.id: judgement.account.unread_holders(*check.needs)
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
                and not finding.rests_on(unread[finding.rule])
                and _is_ours(finding, judgement.account, covered.audit)
            )
        ]


def _is_ours(finding: Finding, account: Account, audit: str) -> bool:
    """Tell whether this audit would see that what the finding says is over.

    A gap in a part is seen by the audits that ask for the part, a crash by the check's own audit.
    """
    if finding.evidence.get("audit") not in (None, "", audit):
        return False
    part = finding.evidence.get("part")
    return all(
        account.completeness(each).state is not State.NOT_ASKED for each in Part if each == part
    )


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
