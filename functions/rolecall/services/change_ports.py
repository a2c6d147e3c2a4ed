"""What the use cases need to follow changes of permissions; adapters say how, tests use fakes."""

from datetime import datetime
from typing import Protocol

from rolecall.model.kept_change import KeptChange


class Changes(Protocol):
    """The calls that may have changed permissions, and when each account was last looked at."""

    def keep(self, change: KeptChange) -> None:
        """Keep the change for some months; the same event is kept once, however often it comes."""
        ...

    def since(self, account_id: str, moment: datetime) -> list[KeptChange]:
        """Return the changes of the account from a moment on, in order of time."""
        ...

    def looked_at(self, account_id: str) -> datetime | None:
        """Return the moment of the last snapshot that was compared; None when there was none."""
        ...

    def look(self, account_id: str, at: datetime) -> None:
        """Keep that a snapshot of that moment was compared, unless a later one was already."""
        ...


class Looks(Protocol):
    """The accounts that wait to be looked at."""

    def ask(self, account_id: str, at: datetime) -> None:
        """Ask for a look at the account a while after this moment.

        However often it is asked for within a minute, there is one look, and it comes after the
        last time of asking; an account is never looked at twice at once.
        """
        ...
