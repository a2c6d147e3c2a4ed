"""One CloudTrail event becomes findings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Json
from rolecall.model.finding import Finding, Sighting, finding_of
from rolecall.model.rule import Detection
from rolecall.model.scope import Place
from rolecall.model.settings import Settings
from rolecall.model.timestamps import format_time
from rolecall.services.exempt import Exempt
from rolecall.services.places import Places
from rolecall.services.ports import Clock, Exceptions, Findings


@dataclass(frozen=True, slots=True)
class Detect:
    """The use case: judge an event by every detection that wants it."""

    findings: Findings
    detections: tuple[Detection, ...]
    settings: Settings
    clock: Clock
    exceptions: Exceptions

    def run(self, record: object) -> list[Finding]:
        """Add the event's findings and return those that were new.

        Events come twice and late: a finding that is there already is left as it is. Raises
        MalformedEventError when the record is no event that can be judged.
        """
        event = CloudTrailEvent.parse(record)
        findings = judge(event, self.detections, self.settings, self.clock())
        if findings:
            exempt = self._exempt(event)
            findings = [exempt(finding) for finding in findings]
        return [finding for finding in findings if self.findings.add(finding)]

    def _exempt(self, event: CloudTrailEvent) -> Exempt:
        """Apply the exceptions as far as an event tells where it happened.

        It names neither organizational unit nor tags: exceptions of those leave it open.
        """
        exceptions = (*self.settings.exceptions, *self.exceptions.all())
        place = Place(account_id=event.account_id, tags=None)
        return Exempt(exceptions, Places(place), self.clock())


def judge(
    event: CloudTrailEvent,
    detections: Iterable[Detection],
    settings: Settings,
    recorded_at: datetime,
) -> list[Finding]:
    """Return the findings that the event gives, without saving them."""
    sighting = Sighting(
        account_id=event.account_id,
        region=event.region,
        source=event.id,
        first_seen_at=event.at,
        recorded_at=recorded_at,
    )
    return [
        finding_of(detection, _about_event(evidence, event), sighting)
        for detection in detections
        if settings.of(detection).enabled and detection.wants(event)
        for evidence in detection.judge(event, settings.of(detection).parameters)
    ]


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
    }
