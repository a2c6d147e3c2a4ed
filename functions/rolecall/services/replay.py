"""Recorded events, judged as if they happened now: what would have been found."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from rolecall.model.event import CloudTrailEvent
from rolecall.model.finding import Finding
from rolecall.model.record import MalformedEventError
from rolecall.model.rule import Detection
from rolecall.model.settings import Settings
from rolecall.services.detect import judge

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
    """The use case: judge record after record, without a store and without a clock."""

    detections: tuple[Detection, ...]
    settings: Settings

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
            event = CloudTrailEvent.parse(record)
        except MalformedEventError as error:
            return JudgedRecord(position=position, problem=str(error))
        try:
            findings = judge(event, self.detections, self.settings, event.at)
        except Exception as error:  # noqa: BLE001 - told with its event; the neighbours are not lost
            problem = f"event {event.id} made a rule crash: {type(error).__name__}: {error}"
            return JudgedRecord(position=position, event=event, problem=problem)
        return JudgedRecord(position=position, event=event, findings=tuple(findings))
