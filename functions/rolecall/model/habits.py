"""How principals usually act, remembered for 90 days, for detections of what is unusual."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolecall.model.event import CloudTrailEvent

FORGOTTEN = timedelta(days=90)
"""How long a value is remembered after it was last seen."""
REFRESHED = timedelta(days=7)
"""How old what is remembered gets before it is written anew: most events write nothing."""
MOST_USUAL = 100
"""How many values are kept of a subject: who has more has no habits."""
_LONGEST_SUBJECT = 2048


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody acted this time."""

    subject: str
    values: Mapping[str, str]
    """By kind, such as `network`; kinds that the event does not show are left out."""


@dataclass(frozen=True, slots=True)
class Usual:
    """What is remembered of a value: the event that showed it first, and when it was last seen."""

    first: str
    last_at: datetime

    def is_forgotten(self, at: datetime) -> bool:
        """Tell whether it was last seen too long before this moment."""
        return at - self.last_at > FORGOTTEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusual:
    """What an event shows that was not seen of its subject for 90 days."""

    new: Mapping[str, str] = field(default_factory=dict)
    """By kind. A value stays new for the event that showed it first, however often that comes."""
    known: Mapping[str, int] = field(default_factory=dict)
    """How many values of each kind are remembered, the new ones included."""
    since: datetime
    """When the subject was first seen."""
    account_since: datetime | None = None
    """When anybody of the account was first seen; None unless the subject is new."""

    @property
    def is_newcomer(self) -> bool:
        """Whether nothing was remembered of the subject."""
        return self.account_since is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """What a detection remembers of those who act."""

    habit: "Callable[[CloudTrailEvent], Habit | None]"
    """Returns None for an event that tells nothing of anybody's habits."""

    def of(self, event: "CloudTrailEvent") -> Habit | None:
        """Return what the event shows, if it shows anything."""
        found = self.habit(event)
        if found is None or not found.subject or not found.values:
            return None
        return Habit(found.subject[:_LONGEST_SUBJECT], found.values)
