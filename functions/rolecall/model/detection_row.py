"""Detections of one shape: which calls deserve which words, as rows of a table."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Control, Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day

_PLACE = re.compile(r"\{([\w.]+)\}")
_UNTOLD = "(not told)"


@dataclass(frozen=True, slots=True)
class About:
    """The resource that a row's calls are about.

    `type` is its name in the AWS Security Finding Format. `arn` names request parameters in
    braces; one without `arn:` in front is of IAM, such as `role/{roleName}`. Where a parameter is
    missing, the finding is about the account.
    """

    type: str
    arn: str

    def of(self, event: CloudTrailEvent) -> Resource:
        """Return what the event was about."""
        arn = filled(self.arn, event, missing="")
        if not arn:
            return Resource("AwsAccount", event.iam_arn("root"))
        return Resource(self.type, arn if arn.startswith("arn:") else event.iam_arn(arn))


_THE_ACCOUNT = About("AwsAccount", "root")


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
    about: About = _THE_ACCOUNT
    refused: Severity | None = Severity.LOW
    is_by_aws: bool = False
    """Whether the events are AWS's own, such as that an account joined the organization."""
    attack: tuple[str, ...] = ()
    compliance: tuple[Control, ...] = ()
    false_positives: tuple[str, ...] = ()

    def detection(self) -> Detection:
        """Return the row as the rule that it stands for."""
        return Detection(
            id=self.id,
            title=self.title,
            severity=self.severity,
            patterns=(EventPattern(sources=(self.source,), names=tuple(self.calls)),),
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
            did = filled(self.calls[event.name], event)
            yield Evidence(resource=self.about.of(event), summary=f"{event.actor} {did}")
        elif event.was_refused and self.refused is not None:
            yield Evidence(
                resource=self.about.of(event),
                summary=f"{event.actor} was refused {event.name} ({event.error})",
                severity=self.refused,
                # Whoever is refused tries again: a day's attempts are one finding.
                occasion=f"{format_day(event.at)} {event.actor.principal} {event.name}",
            )


def filled(words: str, event: CloudTrailEvent, missing: str | None = _UNTOLD) -> str:
    """Put request parameters in the place of their names, such as `{tag.key}`.

    Returns empty text where a parameter is missing and `missing` is empty.
    """
    if not missing and any(_requested(event, name) is None for name in _PLACE.findall(words)):
        return ""
    return _PLACE.sub(lambda found: _requested(event, found[1]) or missing or "", words)


def _requested(event: CloudTrailEvent, path: str) -> str | None:
    value: object = event.request
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    if isinstance(value, bool | int):
        return str(value).lower()
    return value if isinstance(value, str) and value else None
