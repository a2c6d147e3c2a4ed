"""Which events a detection wants, in memory and in EventBridge alike."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from rolecall.model.evidence import Json
from rolecall.policy.wildcards import any_of

if TYPE_CHECKING:
    from rolecall.model.event import CloudTrailEvent


REFUSALS: Final = ("AccessDenied", "UnauthorizedOperation", "UnauthorizedAccess", "NotAuthorized")
"""How the error codes begin with which services refuse; EC2's have `Client.` in front."""


@dataclass(frozen=True, slots=True)
class EventPattern:
    """Which CloudTrail events a detection wants: every given field must match.

    The subset of EventBridge's pattern language that needs no interpretation, so that the rule
    in AWS and the rule in memory agree by construction. Values are exact but those of clients and
    of users' names.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html
    """

    sources: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    identity_types: tuple[str, ...] = ()
    user_agents: tuple[str, ...] = ()
    """Patterns with `*`, of which the client that the event names has to fit one."""
    user_names: tuple[str, ...] = ()
    """Patterns with `*`, of which the name of the user who calls has to fit one."""
    only_changes: bool = False
    """Whether calls that only read are left out."""
    only_refused_reads: bool = False
    """Whether everything is left out but calls that only read and were refused."""

    def matches(self, event: "CloudTrailEvent") -> bool:
        """Tell whether the detection wants to see the event."""
        return (
            (not self.sources or event.source in self.sources)
            and (not self.names or event.name in self.names)
            and (not self.identity_types or event.actor.type in self.identity_types)
            and (not self.user_agents or any_of(self.user_agents)(event.user_agent))
            and (not self.user_names or any_of(self.user_names)(event.actor.user_name))
            and not (self.only_changes and event.is_read_only)
            and not (self.only_refused_reads and not _is_refused_read(event))
        )

    def detail(self) -> dict[str, Json]:
        """Return the pattern's `detail` member in EventBridge's syntax."""
        pattern: dict[str, Json] = {}
        if self.sources:
            pattern["eventSource"] = sorted(self.sources)
        if self.names:
            pattern["eventName"] = sorted(self.names)
        who: dict[str, Json] = {}
        if self.identity_types:
            who["type"] = sorted(self.identity_types)
        if self.user_names:
            who["userName"] = _wildcards(self.user_names)
        if who:
            pattern["userIdentity"] = who
        if self.user_agents:
            pattern["userAgent"] = _wildcards(self.user_agents)
        return {**pattern, **self._reading()}

    def _reading(self) -> dict[str, Json]:
        if self.only_changes:
            # Old records do not say it, and a change must not be missed.
            return {"readOnly": [False, {"exists": False}]}
        if self.only_refused_reads:
            refused: list[Json] = [{"prefix": each} for each in REFUSALS]
            return {"readOnly": [True], "errorCode": refused}
        return {}


def _is_refused_read(event: "CloudTrailEvent") -> bool:
    return event.is_read_only and event.error.startswith(REFUSALS)


def _wildcards(patterns: tuple[str, ...]) -> Json:
    return [{"wildcard": each} for each in sorted(patterns)]
