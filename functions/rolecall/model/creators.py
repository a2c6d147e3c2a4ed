"""Who made a user or role, where an event told it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rolecall.model.evidence import Evidence, Json
from rolecall.model.timestamps import format_day, format_time, parse_time

if TYPE_CHECKING:
    from rolecall.model.finding import Finding

CREATED = ("role-created", "user-created")
"""The detections whose findings tell."""
_SAME_MOMENT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Creator:
    """The principal behind the call that made a user or role."""

    principal: str
    """ARN of the user, role or root."""
    name: str
    """The same as a person would say it, with the session of a role."""
    made_at: datetime

    def of(self, created_at: datetime) -> "Creator | None":
        """Return the creator of who dates from that moment; None if it made another of the name.

        The moment is the principal's own from then on: event and user may be a second apart.
        """
        is_same = is_same_moment(self.made_at, created_at)
        return replace(self, made_at=created_at) if is_same else None

    def __str__(self) -> str:
        """Say who and when, as it does not age."""
        return f"made by {self.name} on {format_day(self.made_at)}"

    @property
    def evidence(self) -> dict[str, Json]:
        """What findings keep of it, and `creators_of` reads again."""
        return {
            "creator": self.principal,
            "creator_name": self.name,
            "created_at": format_time(self.made_at),
        }


def is_same_moment(called_at: datetime, created_at: datetime) -> bool:
    """Tell whether a call of one moment made what dates from the other."""
    return abs(called_at - created_at) <= _SAME_MOMENT


def with_creator(evidence: Evidence, creator: Creator | None) -> Evidence:
    """Return evidence about a user that names who made it; as it is where that is not known."""
    if creator is None:
        return evidence
    return replace(
        evidence,
        summary=f"{evidence.summary}; it was {creator}",
        data={**evidence.data, **creator.evidence},
    )


def creators_of(findings: Iterable["Finding"]) -> dict[str, Creator]:
    """Return by ARN who made the user or role last, as far as findings tell.

    Beside those of the detection, findings of checks do that were told of it: what is known stays
    known while one of them is stored, though the event has left the table.
    """
    found: dict[str, Creator] = {}
    for finding in findings:
        creator = _creator_in(finding)
        arn = finding.resource.arn
        if creator and (arn not in found or found[arn].made_at < creator.made_at):
            found[arn] = creator
    return found


def _creator_in(finding: "Finding") -> Creator | None:
    names = ("creator", "creator_name", "created_at")
    principal, name, made_at = (finding.evidence.get(each) for each in names)
    if not (isinstance(principal, str) and isinstance(name, str) and isinstance(made_at, str)):
        return None
    try:
        return Creator(principal, name, parse_time(made_at)) if principal else None
    except ValueError:
        return None  # nothing that this version wrote
