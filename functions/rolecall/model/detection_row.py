"""Detections of one shape: which calls deserve which words, as rows of a table."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Control, Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day
from rolecall.policy.wildcards import matches

_PLACE = re.compile(r"\{([\w.]+)\}")
_UNTOLD = "(not told)"


@dataclass(frozen=True, slots=True)
class About:
    """The resource that a row's calls are about.

    `type` is its name in the AWS Security Finding Format. `arn` names request parameters in
    braces; without `arn:` in front it is of `service`, such as `role/{roleName}` of IAM. Where a
    parameter is missing, the finding is about the account.
    """

    type: str
    arn: str
    service: str = "iam"

    def of(self, event: CloudTrailEvent) -> Resource:
        """Return what the event was about."""
        arn = filled(self.arn, event, missing="")
        if not arn:
            return Resource("AwsAccount", event.iam_arn("root"))
        if "arn:" in arn:  # several services take a name or an ARN for the same parameter
            return Resource(self.type, arn[arn.index("arn:") :])
        if self.service == "iam":
            return Resource(self.type, event.iam_arn(arn))
        place = f"arn:{event.partition}:{self.service}:{event.region}:{event.account_id}"
        return Resource(self.type, f"{place}:{arn}")


_THE_ACCOUNT = About("AwsAccount", "root")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """Calls of a row that weigh more, or less, than its others; the first case that fits counts."""

    severity: Severity
    calls: tuple[str, ...] = ()
    """The names of the calls; empty for all of the row's."""
    parameter: str = ""
    """The request parameter that decides, such as `source.sourceType`; empty where none does."""
    values: tuple[str, ...] = ("*",)
    """Patterns of which the parameter has to fit one; upper and lower case are the same."""
    of_another: bool = False
    """Whether only calls about another user than the caller are such a case."""

    def fits(self, event: CloudTrailEvent) -> bool:
        """Tell whether a call is such a case; one without the parameter is not."""
        if self.calls and event.name not in self.calls:
            return False
        if self.of_another and not event.other_user:
            return False
        return not self.parameter or any(
            matches(pattern.lower(), value.lower())
            for value in _requested(event, self.parameter)
            for pattern in self.values
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A detection that differs from its siblings in data only.

    It tells every call that succeeded, and those that AWS refused where `refused` gives them a
    severity. Calls that failed for another reason changed nothing and say nothing about rights.
    What AWS does by itself is quiet, unless `is_by_aws`.
    """

    id: str
    title: str
    severity: Severity
    source: str
    """CloudTrail's `eventSource`, such as `iam.amazonaws.com`."""
    calls: Mapping[str, str]
    """What each call did, in the past tense, request parameters in braces: `{roleName}`."""
    why: str
    remediation: str
    references: tuple[str, ...]
    elsewhere: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Calls of other services that are to be handled alike, by their `eventSource`."""
    about: About = _THE_ACCOUNT
    cases: tuple[Case, ...] = ()
    """What gives a call that succeeded another severity than the row's."""
    refused: Severity | None = Severity.LOW
    is_by_aws: bool = False
    """Whether the events are AWS's own, such as that an account joined the organization."""
    is_everyday: bool = False
    """Whether one finding tells of all calls of a kind, of an actor about a resource, of a day."""
    attack: tuple[str, ...] = ()
    compliance: tuple[Control, ...] = ()
    false_positives: tuple[str, ...] = ()

    @property
    def calls_by_source(self) -> Mapping[str, Mapping[str, str]]:
        """What each call did, of every service."""
        return {self.source: self.calls, **self.elsewhere}

    def detection(self) -> Detection:
        """Return the row as the rule that it stands for."""
        return Detection(
            id=self.id,
            title=self.title,
            severity=self.severity,
            patterns=tuple(
                EventPattern(sources=(source,), names=tuple(calls))
                for source, calls in self.calls_by_source.items()
            ),
            remediation=self.remediation,
            references=self.references,
            compliance=self.compliance,
            attack=self.attack,
            false_positives=self.false_positives,
            why=self.why,
            evaluate=self.evidence,
        )

    def evidence(self, event: CloudTrailEvent) -> Iterator[Evidence]:
        """Yield what the event says by this row."""
        if event.is_made_by_aws and not self.is_by_aws:
            return
        if event.succeeded:
            did = filled(self.calls_by_source[event.source][event.name], event)
            yield Evidence(
                resource=self.about.of(event),
                summary=f"{event.actor} {did}",
                severity=next((case.severity for case in self.cases if case.fits(event)), None),
                occasion=_of_day(event) if self.is_everyday else "",
            )
        elif event.was_refused and self.refused is not None:
            yield Evidence(
                resource=self.about.of(event),
                summary=f"{event.actor} was refused {event.name} ({event.error})",
                severity=self.refused,
                # Whoever is refused tries again: a day's attempts are one finding.
                occasion=_of_day(event),
            )


def _of_day(event: CloudTrailEvent) -> str:
    return f"{format_day(event.at)} {event.actor.principal} {event.name} {event.error}".rstrip()


def filled(words: str, event: CloudTrailEvent, missing: str | None = _UNTOLD) -> str:
    """Put request parameters in the place of their names, such as `{tag.key}`.

    Returns empty text where a parameter is missing and `missing` is empty.
    """
    told = {name: ", ".join(_requested(event, name)) for name in _PLACE.findall(words)}
    if not missing and not all(told.values()):
        return ""
    return _PLACE.sub(lambda found: told[found[1]] or missing or "", words)


def _requested(event: CloudTrailEvent, path: str) -> list[str]:
    """Return the values of a request parameter; several where it is in a list."""
    return list(_texts(event.request, path.split(".")))


def _texts(value: object, names: list[str]) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _texts(each, names)
    elif names:
        if isinstance(value, Mapping):
            yield from _texts(value.get(names[0]), names[1:])
    elif isinstance(value, bool | int):
        yield str(value).lower()
    elif isinstance(value, str) and value:
        yield value
