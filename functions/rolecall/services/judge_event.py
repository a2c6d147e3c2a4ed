"""What the detections make of one event, and of what is remembered of those before."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Json
from rolecall.model.finding import Finding, Sighting, finding_of
from rolecall.model.habits import Habits, Unusual
from rolecall.model.memory import Burst, Memory, burst_at
from rolecall.model.principal_record import PrincipalRecord
from rolecall.model.rule import Detection
from rolecall.model.settings import Settings
from rolecall.model.timestamps import format_time
from rolecall.services.activity_ports import Activity, Appearance, Occurrence

Records: TypeAlias = Callable[[str], PrincipalRecord | None]
"""Tells what is kept of a user or role by its ARN; None of one that nothing is known of."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of one event."""

    findings: tuple[Finding, ...] = ()
    crashes: tuple[tuple[str, Exception], ...] = ()
    """The ids of the detections that could not judge it, and why; the others did."""


def nobody(_arn: str) -> PrincipalRecord | None:
    """Know nothing of anybody: what there is where no table is."""
    return None


class EventJudge:
    """Judges events by the detections that want them, one after the other."""

    def __init__(
        self,
        detections: Iterable[Detection],
        settings: Settings,
        activity: Activity,
        records: Records = nobody,
    ) -> None:
        """Sort the detections by what they want, so that an event meets only those."""
        self.settings = settings
        self._activity = activity
        self._records = records
        self._by_call: dict[tuple[str, str], list[Detection]] = defaultdict(list)
        self._others: list[Detection] = []
        for detection in detections:
            if settings.of(detection).enabled:
                self._sort_in(detection)

    def _sort_in(self, detection: Detection) -> None:
        calls = [
            (s, name) for each in detection.patterns for s in each.sources for name in each.names
        ]
        if all(each.sources and each.names for each in detection.patterns):
            for call in dict.fromkeys(calls):
                self._by_call[call].append(detection)
        else:
            self._others.append(detection)

    def read(self, record: object) -> CloudTrailEvent:
        """Return the event that a record tells, with the pipeline that made it.

        Raises MalformedEventError when the record is no event that can be judged.
        """
        return self.settings.pipelines.recognized(CloudTrailEvent.parse(record))

    def run(self, event: CloudTrailEvent, recorded_at: datetime) -> Judged:
        """Return the findings that the event gives, without saving them; never raise.

        What is remembered of the event is kept first: an event that is judged again after a crash
        counts once.
        """
        sighting = Sighting(
            account_id=event.account_id,
            region=event.region,
            source=event.id,
            first_seen_at=event.at,
            recorded_at=recorded_at,
        )
        findings: list[Finding] = []
        crashes: list[tuple[str, Exception]] = []
        for detection in self._wanting(event):
            try:
                evidence = self._evidence(detection, event)
            except Exception as error:  # noqa: BLE001 - told by whoever runs it; the others judge
                crashes.append((detection.id, error))
            else:
                about = (_about_event(each, event) for each in evidence)
                findings += [finding_of(detection, each, sighting) for each in about]
        return Judged(tuple(findings), tuple(crashes))

    def _wanting(self, event: CloudTrailEvent) -> Iterator[Detection]:
        known = self._by_call.get((event.source, event.name), ())
        yield from (each for each in (*known, *self._others) if each.wants(event))

    def _evidence(self, detection: Detection, event: CloudTrailEvent) -> list[Evidence]:
        parameters = self.settings.of(detection).parameters
        if not (detection.memory or detection.habits or detection.asks_about):
            return detection.judge(event, parameters)
        known = self._known(detection, event)
        return [] if known is None else detection.judge(event, parameters, known)

    def _known(
        self, detection: Detection, event: CloudTrailEvent
    ) -> Burst | Unusual | PrincipalRecord | None:
        """Return what the detection judges by; None where nothing is known."""
        if detection.memory:
            return self._burst(detection, detection.memory, event)
        if detection.habits:
            return self._unusual(detection, detection.habits, event)
        arn = detection.asks_about(event) if detection.asks_about else ""
        return self._records(arn) if arn else None

    def _burst(self, detection: Detection, memory: Memory, event: CloudTrailEvent) -> Burst | None:
        trace = memory.of(event)
        if trace is None:
            return None
        subject, remembered = trace
        what = Occurrence(
            account_id=event.account_id,
            rule=detection.id,
            subject=subject,
            trace=remembered,
            window=memory.window,
        )
        return burst_at(self._activity.remember(what), event.at, memory.window)

    def _unusual(
        self, detection: Detection, habits: Habits, event: CloudTrailEvent
    ) -> Unusual | None:
        habit = habits.of(event)
        if habit is None:
            return None
        return self._activity.accustom(
            Appearance(
                account_id=event.account_id,
                rule=detection.id,
                event_id=event.id,
                at=event.at,
                habit=habit,
            )
        )


def _about_event(evidence: Evidence, event: CloudTrailEvent) -> Evidence:
    """Add what every event tells: who, from where, with what; one event is one occasion."""
    return replace(
        evidence,
        principal=evidence.principal or event.actor.principal or None,
        data={**_facts(event), **evidence.data},
        occasion=evidence.occasion or event.id,
    )


def _facts(event: CloudTrailEvent) -> Mapping[str, Json]:
    return {
        "actor": event.actor.arn,
        "actor_type": event.actor.type,
        "event_id": event.id,
        "event_name": event.name,
        "event_source": event.source,
        "event_time": format_time(event.at),
        "source_ip": event.source_ip,
        "user_agent": event.user_agent,
        **({"error": event.error} if event.error else {}),
        **({"came_from": list(event.actor.came_from)} if event.actor.came_from else {}),
    }
