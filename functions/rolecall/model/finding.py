"""A finding: evidence with identity, status and history."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache

from rolecall.model.evidence import Evidence, Json, Resource
from rolecall.model.exceptions import RuleException
from rolecall.model.rule import Control, Rule
from rolecall.model.severity import Severity


class Status(StrEnum):
    """Where a finding stands."""

    OPEN = "OPEN"
    SUPPRESSED = "SUPPRESSED"
    RESOLVED = "RESOLVED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What people read, query and are told."""

    id: str
    rule: str
    kind: str
    """`check` or `detection`: whether an audit can resolve it."""
    account_id: str
    region: str
    """Where it holds: the event's region, or `global` for the state of IAM."""
    resource: Resource
    principal: str | None
    severity: Severity
    status: Status
    title: str
    summary: str
    why: str
    remediation: str
    commands: tuple[str, ...]
    references: tuple[str, ...]
    compliance: tuple[str, ...]
    evidence: Mapping[str, Json] = field(default_factory=dict)
    verdict: str | None = None
    """`granted`, `conditional` or `blocked`, where the finding is about a permission."""
    first_seen_at: datetime
    """When it began, as far as we know: the event's time, or that of the first snapshot."""
    changed_at: datetime
    """When it was last written: what "changed since" asks for."""
    resolved_at: datetime | None = None
    source: str
    """The audit run or the CloudTrail event that says so."""
    exception: RuleException | None = None
    """What suppresses the finding, or what did until it ended and the finding opened again."""
    file: str = ""
    """The snapshot file as the command line named it; of no account to what the finding is."""

    @property
    def is_open(self) -> bool:
        """Whether somebody should still do something about it."""
        return self.status is Status.OPEN

    def rests_on(self, holders: Collection[str]) -> bool:
        """Whether it is about one of these principals, or about no single one: then about all."""
        return self.principal in holders if self.principal else bool(holders)


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where and when a rule saw what it saw: all that evidence needs to become a finding."""

    account_id: str
    region: str
    source: str
    first_seen_at: datetime
    recorded_at: datetime
    file: str = ""


def finding_of(rule: Rule, evidence: Evidence, sighting: Sighting) -> Finding:
    """Give evidence its identity and the words of its rule."""
    return Finding(
        id=finding_id(sighting.account_id, rule.id, evidence.resource, evidence.occasion),
        rule=rule.id,
        kind=rule.kind,
        account_id=sighting.account_id,
        region=sighting.region,
        resource=evidence.resource,
        principal=evidence.principal,
        severity=rule.severity if evidence.severity is None else evidence.severity,
        status=Status.OPEN,
        title=rule.title,
        summary=evidence.summary,
        why=rule.why,
        remediation=rule.remediation,
        commands=evidence.commands,
        references=rule.references,
        compliance=_listed(rule.compliance),
        evidence=evidence.data,
        verdict=evidence.verdict,
        first_seen_at=sighting.first_seen_at,
        changed_at=sighting.recorded_at,
        source=sighting.source,
        file=sighting.file,
    )


@cache
def _listed(controls: tuple[Control, ...]) -> tuple[str, ...]:
    return tuple(map(str, controls))


def finding_id(account_id: str, rule_id: str, resource: Resource, occasion: str) -> str:
    """Return the id that the same fact has at every sighting.

    The account comes first in plain text: it is the table's partition key, so that one read finds
    a finding by its id alone.
    """
    # Records may hold halves of characters, which are text to JSON but not to UTF-8.
    about = f"{account_id}\n{rule_id}\n{resource.type}\n{resource.arn}\n{occasion}"
    return f"{account_id}-{hashlib.sha256(about.encode(errors='surrogatepass')).hexdigest()[:24]}"
