"""The last step of a run: which accounts were read, which were not, and why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rolecall.model.account import Account, Gap
from rolecall.model.organization import MemberAccount, Organization
from rolecall.services.audit import Audit
from rolecall.services.ports import Clock


@dataclass(frozen=True, slots=True)
class RunCoverage:
    """How many accounts a run read, and which it did not."""

    read: int
    unread: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The use case: find the accounts that a run was to audit and that say nothing."""

    audit: Audit
    clock: Clock

    def run(self, audit: str, run: str, account_ids: Collection[str]) -> RunCoverage:
        """Turn every account that the run left without a word into a coverage finding.

        An account whose audit crashed, ran out of time or never started wrote no coverage in
        this run; nothing else of it is touched. Accounts that the organization suspended are
        said to be so: no run is to audit them.
        """
        words = self.audit.coverage.of_audit(audit, account_ids)
        organization = self.audit.coverage.organization()
        silent = [each for each in account_ids if each not in words or words[each].run != run]
        for account_id in silent:
            self.audit.record(self._unread(account_id, organization, _silent(audit)), audit, run)
        for member in organization.accounts.values() if organization else ():
            if not member.is_active:
                closed = self._unread(member.id, organization, _closed(member))
                self.audit.record(closed, audit, run)
        unread = [each for each, word in words.items() if word.run == run and not word.was_read]
        return _summary(account_ids, sorted({*silent, *unread}))

    def _unread(self, account_id: str, organization: Organization | None, gap: Gap) -> Account:
        return Account(id=account_id, taken_at=self.clock(), organization=organization, gaps=(gap,))


def _silent(audit: str) -> Gap:
    return Gap(
        part=f"the result of the audit {audit}",
        call="its function ended without a word",
        error="it crashed, ran out of time or was never started",
        is_total=True,
        audit=audit,
    )


def _closed(member: MemberAccount) -> Gap:
    """Nobody can act in an account that is suspended, nor read it: no cause for alarm."""
    return Gap(
        part="everything",
        call="organizations:ListAccounts",
        error=f"the account is {member.status}",
        is_total=True,
        is_passing=True,
    )


def _summary(account_ids: Collection[str], unread: Sequence[str]) -> RunCoverage:
    return RunCoverage(read=len(account_ids) - len(unread), unread=tuple(unread))
