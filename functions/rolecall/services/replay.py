"""Recorded events, judged as if they happened now: what would have been found."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from rolecall.model.event import CloudTrailEvent
from rolecall.model.finding import Finding
from rolecall.model.record import MalformedEventError
from rolecall.model.scope import Place
from rolecall.services.exempt import Exempt
from rolecall.services.follow_sessions import as_it_is
from rolecall.services.judge_event import EventJudge
from rolecall.services.places import Places

_Position = TypeVar("_Position")


@dataclass(frozen=True, slots=True)
class UnreadableRecord:
    """A place in a file where a record should be and cannot be read, and why."""

    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedRecord(Generic[_Position]):
    """What came of one record."""

    position: _Position
    event: CloudTrailEvent | None = None
    """None for a record that is no event."""
    findings: tuple[Finding, ...] = ()
    problem: str = ""
    """Why the record could not be judged; empty when it was."""


@dataclass(frozen=True, slots=True)
class Replay:
    """The use case: judge record after record, without a table and without a clock."""

    judge: EventJudge
    follow: Callable[[CloudTrailEvent], CloudTrailEvent] = as_it_is
    """Adds who is behind the session, as far as the records show its opening."""

    def run(self, records: Iterable[tuple[_Position, object]]) -> Iterator[JudgedRecord[_Position]]:
        """Yield what comes of each record, in their order; none of them stops the others.

        A finding is dated as if it had been found when the event happened, so that the same file
        gives the same findings on any day.
        """
        for position, record in records:
            if isinstance(record, UnreadableRecord):
                yield JudgedRecord(position=position, problem=record.problem)
            else:
                yield self._judged(position, record)

    def _judged(self, position: _Position, record: object) -> JudgedRecord[_Position]:
        try:
            event = self.follow(self.judge.read(record))
        except MalformedEventError as error:
            return JudgedRecord(position=position, problem=str(error))
        judged = self.judge.run(event, event.at)
        problem = "; ".join(
            f"event {event.id} made {rule} crash: {type(error).__name__}: {error}"
            for rule, error in judged.crashes
        )
        findings = tuple(map(self._exempt(event), judged.findings))
        return JudgedRecord(position=position, event=event, findings=findings, problem=problem)

    def _exempt(self, event: CloudTrailEvent) -> Exempt:
        """Apply the reviewed exceptions, as they are at the time of the event."""
        place = Place(account_id=event.account_id, tags=None)
        return Exempt(self.judge.settings.exceptions, Places(place), event.at)
