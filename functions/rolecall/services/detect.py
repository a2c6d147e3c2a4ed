"""One CloudTrail event becomes findings."""

from collections.abc import Callable
from dataclasses import dataclass

from rolecall.model.event import CloudTrailEvent
from rolecall.model.finding import Finding
from rolecall.model.scope import Place
from rolecall.services.exempt import Exempt
from rolecall.services.follow_sessions import as_it_is
from rolecall.services.judge_event import EventJudge
from rolecall.services.places import Places
from rolecall.services.ports import Clock, Exceptions, Findings


class UnjudgedEventError(Exception):
    """Detections could not judge an event, which should be tried again."""

    def __init__(self, event_id: str, rules: str) -> None:
        """Name the event and the detections."""
        super().__init__(f"event {event_id} could not be judged by {rules}")


@dataclass(frozen=True, slots=True)
class Detect:
    """The use case: judge an event by every detection that wants it."""

    findings: Findings
    judge: EventJudge
    clock: Clock
    exceptions: Exceptions
    follow: Callable[[CloudTrailEvent], CloudTrailEvent] = as_it_is
    """Adds who is behind the session, where sessions are followed."""
    note: Callable[[CloudTrailEvent], object] | None = None
    """What else becomes of every event, whether or not detections want it."""

    def run(self, record: object) -> list[Finding]:
        """Add the event's findings and return those that were new.

        Events come twice and late: a finding that is there already is left as it is, unless this
        event makes it worse. Raises
        MalformedEventError when the record is no event that can be judged, and UnjudgedEventError
        when a detection crashed: what the others found is added before.
        """
        event = self.follow(self.judge.read(record))
        if self.note:
            self.note(event)
        judged = self.judge.run(event, self.clock())
        findings = judged.findings
        if findings:
            findings = tuple(map(self._exempt(event), findings))
        added = [finding for finding in findings if self.findings.add(finding)]
        if judged.crashes:
            rules = ", ".join(rule for rule, _ in judged.crashes)
            raise UnjudgedEventError(event.id, rules) from judged.crashes[0][1]
        return added

    def _exempt(self, event: CloudTrailEvent) -> Exempt:
        """Apply the exceptions as far as an event tells where it happened.

        It names neither organizational unit nor tags: exceptions of those leave it open.
        """
        exceptions = (*self.judge.settings.exceptions, *self.exceptions.all())
        place = Place(account_id=event.account_id, tags=None)
        return Exempt(exceptions, Places(place), self.clock())
