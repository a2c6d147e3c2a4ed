"""Sessions of roles are followed back to who opened them, where events of their opening come."""

from dataclasses import dataclass, replace

from rolecall.model.event import CloudTrailEvent
from rolecall.model.role_sessions import openers_of, session_in
from rolecall.services.activity_ports import Sessions

_TEMPORARY = "ASIA"
"""How access keys of sessions begin; long-lived ones are nobody else's.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
"""


def as_it_is(event: CloudTrailEvent) -> CloudTrailEvent:
    """Add nothing, where sessions are not followed."""
    return event


@dataclass(frozen=True, slots=True)
class FollowSessions:
    """The use case: keep who opened a session, and say of an event who is behind its session."""

    sessions: Sessions

    def run(self, event: CloudTrailEvent) -> CloudTrailEvent:
        """Return the event with who came before its session, as far as that was seen."""
        if session := session_in(event):
            self.sessions.keep(session)
        if not event.actor.access_key_id.startswith(_TEMPORARY):
            return event
        came_from = openers_of(event.actor.access_key_id, self.sessions.opened)
        if not came_from:
            return event
        return replace(event, actor=replace(event.actor, came_from=came_from))
