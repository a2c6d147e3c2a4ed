"""What the detections need of what is remembered of events."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from rolecall.model.habits import Habit, Unusual
from rolecall.model.memory import Remembered
from rolecall.model.role_sessions import OpenedSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """The trace of an event that a detection remembers."""

    account_id: str
    rule: str
    subject: str
    trace: Remembered
    window: timedelta

    @property
    def bucket(self) -> int:
        """The number of the window, counted from 1970, that the trace is kept in."""
        return int(self.trace.at.timestamp() // self.window.total_seconds())

    @property
    def buckets(self) -> tuple[int, int, int]:
        """The numbers of the windows that can hold what happened within one around it."""
        return self.bucket - 1, self.bucket, self.bucket + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """Somebody who acts, as a detection remembers how."""

    account_id: str
    rule: str
    event_id: str
    at: datetime
    habit: Habit


class Activity(Protocol):
    """What is remembered of events, for detections that one event alone does not decide."""

    def remember(self, what: Occurrence) -> list[Remembered]:
        """Keep the trace of an event and return those of its subject around it, its own included.

        The same event is kept once, however often it comes. Of a subject with more traces than
        `MOST_REMEMBERED` in a window the rest is not kept; its own comes back nevertheless, so that
        a success is seen after however many failures.
        """
        ...

    def accustom(self, what: Appearance) -> Unusual:
        """Keep how the subject acted, and return what of it is new.

        Of a subject with more values than `MOST_USUAL` the rest is neither kept nor new.
        """
        ...


class Sessions(Protocol):
    """The sessions of roles that were opened lately."""

    def keep(self, session: OpenedSession) -> None:
        """Keep who opened it, unless as much is known already."""
        ...

    def opened(self, access_key_id: str) -> OpenedSession | None:
        """Return the session of that access key; None where its opening was not seen."""
        ...
