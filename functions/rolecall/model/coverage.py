"""What an audit could and could not see of one account."""

from dataclasses import dataclass
from datetime import datetime

from rolecall.model.account import Gap


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
    was_read: bool = True
    """False when nothing of the account could be read at all."""

    @property
    def status(self) -> str:
        """Sum up: `read`, `partial` or `unread`."""
        if not self.was_read:
            return "unread"
        return "partial" if self.gaps or self.not_judged else "read"
