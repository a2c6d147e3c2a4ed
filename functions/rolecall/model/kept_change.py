"""An event that may have changed permissions, as it is kept to tell who changed them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Json
from rolecall.model.permission_changes import (
    GUARDRAILS,
    ORGANIZATION,
    PERMISSION_SETS,
    bears_on_many,
    touched_by,
)
from rolecall.model.principal_record import PrincipalRecord
from rolecall.model.provenance import manner_of, person_behind
from rolecall.model.timestamps import format_time, parse_time

_TEXTS = ("event_id", "name", "actor", "who", "manner", "tool", "source_ip", "user_agent")
_LONGEST = 500
"""Characters of a text that are kept: names and clients are what an intruder may choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptChange:
    """One call that succeeded."""

    account_id: str
    """Where it happened; `organization` for a call that bears on many accounts."""
    event_id: str
    name: str
    at: datetime
    touched: tuple[str, ...]
    """What it touched, such as `role/deploy`."""
    actor: str
    """ARN of the user or role that called."""
    who: str
    """The person, pipeline or service behind the call, in words."""
    manner: str
    """How the call was made, as the beginning of a sentence."""
    tool: str
    """What made it from code or of its own accord, such as Terraform or AWS; empty: by hand."""
    source_ip: str
    user_agent: str

    def touches_account(self, account_id: str) -> bool:
        """Tell whether the call was about guardrails of that account, or may be.

        Which accounts are in a unit, or under a policy, it does not tell.
        """
        accounts = [each for each in self.touched if each.startswith("account/")]
        is_of_it = not accounts or f"account/{account_id}" in accounts
        return self.name in GUARDRAILS and self.account_id == ORGANIZATION and is_of_it

    @property
    def permission_set(self) -> str:
        """ARN of the permission set that the call of Identity Center was about, else empty."""
        if self.name not in PERMISSION_SETS or self.account_id != ORGANIZATION:
            return ""
        return next((each.partition("/")[2] for each in self.touched), "")

    def touches(self, *records: PrincipalRecord | None) -> bool:
        """Tell whether the call was about the principal, before or after it.

        Directly, through a group that it is in, or through a policy that it holds.
        """
        return any(self._touches(each) for each in records if each is not None)

    def names(self, arn: str) -> bool:
        """Tell whether the call named the principal of that ARN, of which nothing else is known."""
        return _short_name(arn) in self.touched

    def touches_goal_of(self, *records: PrincipalRecord | None) -> bool:
        """Tell whether the call was about whom the principal can become, or could."""
        ways = (each.escalation for each in records if each is not None)
        return any(_short_name(each.goal) in self.touched for each in ways if each is not None)

    def _touches(self, record: PrincipalRecord) -> bool:
        groups = {*record.groups, *(each.group for each in record.policies)}
        mine = {
            f"{record.kind}/{record.name}",
            *(f"group/{each}" for each in groups),
            *(f"policy/{each.arn}" for each in record.policies if each.arn),
        }
        return any(each in mine or _is_boundary(each, record) for each in self.touched)

    def __str__(self) -> str:
        """Say who made the change, and how and when."""
        return f"{self.manner} by {self.who} ({self.name}, {self.at:%Y-%m-%d %H:%M} UTC)"

    def facts(self) -> Mapping[str, Json]:
        """Return what the findings of detections tell of their event, under the same names."""
        return {
            "actor": self.actor,
            "event_id": self.event_id,
            "event_name": self.name,
            "event_time": format_time(self.at),
            "source_ip": self.source_ip,
            "user_agent": self.user_agent,
        }

    def document(self) -> Mapping[str, Json]:
        """Write it as JSON."""
        texts = {name: getattr(self, name) for name in _TEXTS}
        touched = list(self.touched)
        return {**texts, "touched": touched, "at": format_time(self.at)}


def kept_change(event: CloudTrailEvent) -> KeptChange:
    """Return what is kept of an event that may have changed permissions."""
    texts = {
        "actor": event.actor.principal,
        "who": person_behind(event.actor),
        "manner": manner_of(event),
        "tool": _tool(event),
        "source_ip": event.source_ip,
        "user_agent": event.user_agent,
    }
    return KeptChange(
        account_id=ORGANIZATION if bears_on_many(event) else event.account_id,
        event_id=event.id,
        name=event.name,
        at=event.at,
        touched=tuple(each[:_LONGEST] for each in touched_by(event)),
        **{name: text[:_LONGEST] for name, text in texts.items()},
    )


def _tool(event: CloudTrailEvent) -> str:
    if event.pipeline:
        return event.pipeline.name
    return "AWS" if event.is_made_by_aws else ""


def parse_change(account_id: str, document: Mapping[str, Any]) -> KeptChange:
    """Read what `KeptChange.document` wrote."""
    return KeptChange(
        account_id=account_id,
        at=parse_time(document["at"]),
        touched=tuple(document["touched"]),
        **{name: document[name] for name in _TEXTS},
    )


def latest(changes: Iterable[KeptChange]) -> tuple[KeptChange, ...]:
    """Return the changes, the latest first."""
    return tuple(sorted(changes, key=lambda each: (each.at, each.event_id), reverse=True))


def _is_boundary(touched: str, record: PrincipalRecord) -> bool:
    """Tell whether a policy that was touched is the principal's boundary, known by its name."""
    is_policy = touched.startswith("policy/")
    return is_policy and bool(record.boundary) and touched.endswith(f"/{record.boundary}")


def _short_name(arn: str) -> str:
    """Return `role/deploy` for the ARN of a role of that name at any path."""
    kind, _, name = arn.rpartition(":")[2].partition("/")
    return f"{kind}/{name.rpartition('/')[2]}"
