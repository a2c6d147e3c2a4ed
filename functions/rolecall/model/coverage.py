"""What an audit could and could not see of one account."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from rolecall.model.account import Account, Gap
from rolecall.model.completeness import Completeness, Part, State


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountCoverage:
    """The last word of one kind of audit on one account."""

    account_id: str
    audit: str
    run: str
    at: datetime
    gaps: tuple[Gap, ...] = ()
    not_judged: tuple[str, ...] = ()
    """Ids of the checks that lacked their data or crashed."""
    parts: Mapping[str, Completeness] = field(default_factory=dict)
    """Each part that was asked for, with when it was last read, by this audit or an earlier one."""
    was_read: bool = True
    """False when nothing of the account could be read at all."""

    @property
    def status(self) -> str:
        """Sum up: `read`, `partial` or `unread`."""
        if not self.was_read:
            return "unread"
        return "partial" if self.gaps else "read"


def parts_of(account: Account, before: AccountCoverage | None) -> dict[str, Completeness]:
    """Return how complete the snapshot's parts are; what failed keeps the time of its last success.

    The time is that of the snapshot where the part itself does not say when it was made. Of an
    account that could not be read at all every part failed that was ever read.
    """
    known = before.parts if before else {}
    now = {
        part.value: each
        for part, each in account.parts.items()
        if each.state is not State.NOT_ASKED and part is not Part.EARLIER_FINDINGS
    }
    for gap in account.gaps:
        if gap.is_total:
            now = dict.fromkeys((*known, *now), Completeness(State.FAILED, gap.error, gap.call))
    return {
        part: each if each.read_at else replace(each, read_at=_read_at(part, each, account, known))
        for part, each in sorted(now.items())
    }


def _read_at(
    part: str, now: Completeness, account: Account, known: Mapping[str, Completeness]
) -> datetime | None:
    if now.is_known:
        return account.taken_at
    return known[part].read_at if part in known else None
