"""The story of a user or role: made by whom, changed by whom, what was found, when it was used."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from rolecall.model.evidence import Json
from rolecall.model.finding import Finding
from rolecall.model.kept_change import KeptChange
from rolecall.model.principal_record import PrincipalRecord
from rolecall.model.timestamps import format_time
from rolecall.services.change_ports import Changes
from rolecall.services.ports import FindingQuery, FindingSearch
from rolecall.services.principal_ports import PrincipalSearch

_BEGINNING = datetime(2006, 1, 1, tzinfo=UTC)
"""Before the first call to AWS."""
_FOLDED = ("permissions-granted", "permissions-lost")
"""The rules whose findings may be about several principals."""


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """Something that happened to the principal, or that it did."""

    at: datetime
    kind: str
    """`created`, `changed`, `found`, `resolved`, `rights` or `used`."""
    text: str
    id: str = ""
    """Of the event or of the finding."""

    def document(self) -> dict[str, Json]:
        """Write it as JSON."""
        return {"at": format_time(self.at), "kind": self.kind, "text": self.text, "id": self.id}


@dataclass(frozen=True, slots=True)
class TellTimeline:
    """The use case: put together what the three tables know of one principal."""

    principals: PrincipalSearch
    changes: Changes
    findings: FindingSearch

    def run(self, arn: str) -> list[Moment]:
        """Return the moments in order of time; none of a principal that nobody knows."""
        record = self.principals.get(arn)
        kept = self.changes.since(arn.split(":")[4], _BEGINNING)
        own = [each for each in kept if each.names(arn) or each.touches(record)]
        return sorted([*_of_record(record), *_of_calls(own), *_of_findings(self._found(arn))])

    def _found(self, arn: str) -> Iterable[Finding]:
        queries = (
            FindingQuery(principal=arn, status=None),
            FindingQuery(resource=arn, status=None),
        )
        found = {each.id: each for query in queries for each in self.findings.search(query)}
        for rule in _FOLDED:
            query = FindingQuery(account_id=arn.split(":")[4], rule=rule, status=None)
            for each in self.findings.search(query):
                if arn in _named_in(each):
                    found[each.id] = each
        return found.values()


def _named_in(finding: Finding) -> list[str]:
    named = finding.evidence.get("principals")
    return list(map(str, named)) if isinstance(named, list | tuple) else []


def _of_record(record: PrincipalRecord | None) -> Iterator[Moment]:
    if record is None:
        return
    by = f" by {record.creator}" if record.creator else ""
    yield Moment(record.created_at, "created", f"{record.kind} {record.name} was made{by}")
    if record.rights_since:
        yield Moment(record.rights_since, "rights", "An audit saw its present rights first")
    use = record.last_use
    if use.at:
        service = f" for {use.service}" if use.service else ""
        yield Moment(use.at, "used", f"It was last used{service}")


def _of_calls(kept: Iterable[KeptChange]) -> Iterator[Moment]:
    for each in kept:
        yield Moment(each.at, "changed", str(each), each.event_id)


def _of_findings(found: Iterable[Finding]) -> Iterator[Moment]:
    for each in found:
        text = f"{each.severity.name} {each.rule}: {each.summary}"
        yield Moment(each.first_seen_at, "found", text, each.id)
        if each.resolved_at:
            yield Moment(each.resolved_at, "resolved", f"{each.rule} is over", each.id)
