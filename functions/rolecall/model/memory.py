"""What detections remember of events, where one event alone decides nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolecall.model.event import CloudTrailEvent

LONGEST = timedelta(hours=24)
"""The longest that a detection may look back: what is kept, is kept for twice as long."""
MOST_REMEMBERED = 100
"""How many traces of a subject are kept for one window, besides that of the event itself.

A detection's thresholds have to be below it.
"""
_LONGEST_VALUE = 200
"""Characters of a value that count; names of AWS's are shorter, an intruder's need not be."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What an event leaves behind: against whom or what it counts, and what is counted."""

    subject: str
    value: str


@dataclass(frozen=True, slots=True, order=True)
class Remembered:
    """The trace of an event of the subject."""

    at: datetime
    event_id: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What a detection remembers: traces of one subject, for so long.

    Events come twice, late and out of order: a trace is known by its event, so that it counts
    once, and by the time that the event tells, so that the order of arrival does not matter.
    """

    window: timedelta
    trace: "Callable[[CloudTrailEvent], Trace | None]"
    """Returns None for an event that leaves none."""

    def __post_init__(self) -> None:
        """Raise ValueError for a window that nobody keeps anything for."""
        if not timedelta() < self.window <= LONGEST:
            raise ValueError(f"a window is at most {LONGEST}, this one is {self.window}")

    def of(self, event: "CloudTrailEvent") -> tuple[str, Remembered] | None:
        """Return the subject of the event and what to remember of it; None where there is none."""
        trace = self.trace(event)
        if trace is None or not trace.subject:
            return None
        value = trace.value[:_LONGEST_VALUE]
        return trace.subject[:_LONGEST_VALUE], Remembered(event.at, event.id, value)


@dataclass(frozen=True, slots=True)
class Burst:
    """What happened to a subject within one window, in order of time."""

    traces: tuple[Remembered, ...] = ()

    @property
    def values(self) -> tuple[str, ...]:
        """The distinct values, in the order of their first appearance."""
        return tuple(dict.fromkeys(each.value for each in self.traces))

    @property
    def since(self) -> datetime:
        """When it began."""
        return self.traces[0].at

    @property
    def until(self) -> datetime:
        """When it ended, so far."""
        return self.traces[-1].at

    def __len__(self) -> int:
        """Return the number of events."""
        return len(self.traces)


def burst_at(remembered: Iterable[Remembered], at: datetime, window: timedelta) -> Burst:
    """Return the window around a moment that holds the most: distinct values, then events."""
    near = sorted(each for each in set(remembered) if abs(each.at - at) <= window)
    windows = [_beginning_with(near, first, window) for first in range(len(near))]
    holding = [each for each in windows if each.since <= at <= each.since + window]
    return max(holding, key=lambda each: (len(each.values), len(each)), default=Burst())


def _beginning_with(near: Sequence[Remembered], first: int, window: timedelta) -> Burst:
    end = near[first].at + window
    return Burst(tuple(each for each in near[first:] if each.at <= end))
