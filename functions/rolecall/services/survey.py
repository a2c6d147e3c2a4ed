"""What people ask of the coverage: how far every account of the organization was seen, and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from rolecall.model.coverage import AccountCoverage
from rolecall.model.organization import MemberAccount, Organization
from rolecall.model.rule import AUDITS
from rolecall.services.ports import Clock, Coverage

_SILENCE = timedelta(hours=26)
"""Every audit runs at least once a day, and takes its time."""
_NEW = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """The last word of one audit on one account."""

    account: MemberAccount
    audit: str
    word: AccountCoverage | None
    state: str
    """`read`, `partial`, `unread`, `silent`, `new` or the organization's own word in lower case."""

    @property
    def is_complete(self) -> bool:
        """Whether the audit saw all that it asked for."""
        return self.state == "read"


@dataclass(frozen=True, slots=True)
class Survey:
    """The use case: every account of the organization with the last word of every audit."""

    coverage: Coverage
    clock: Clock

    def run(self, account_id: str | None = None) -> Iterator[Seen]:
        """Yield account by account, audit by audit; of one account alone where it is named.

        Accounts are those of the list that the last run made; nothing where there was no run.
        """
        now = self.clock()
        members = _members(self.coverage.organization(), account_id)
        words = {audit: self.coverage.of_audit(audit, [*members]) for audit in AUDITS}
        for member in members.values():
            for audit in AUDITS:
                word = words[audit].get(member.id)
                yield Seen(member, audit, word, _state(member, word, now))


def _members(organization: Organization | None, account_id: str | None) -> dict[str, MemberAccount]:
    ids = {*organization.account_ids, *organization.accounts} if organization else set()
    known = organization.accounts if organization else {}
    wanted = sorted(ids) if account_id is None else [account_id]
    return {each: known.get(each) or MemberAccount(id=each) for each in wanted}


def _state(member: MemberAccount, word: AccountCoverage | None, now: datetime) -> str:
    if not member.is_active:
        return member.status.lower()
    if word is None or now - word.at > _SILENCE:
        is_new = member.joined_at is not None and now - member.joined_at <= _NEW
        return "new" if word is None and is_new else "silent"
    return word.status
