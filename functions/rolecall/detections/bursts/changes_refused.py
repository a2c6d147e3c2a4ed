"""Somebody tries which changes of identities it may make."""

from collections.abc import Iterator
from datetime import timedelta

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.identity_calls import SOURCES
from rolecall.model.memory import Burst, Memory, Trace
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day


def _trace(event: CloudTrailEvent) -> Trace | None:
    if not event.was_refused or event.is_made_by_aws:
        return None
    return Trace(event.actor.principal, f"{event.source.partition('.')[0]}:{event.name}")


@Detection(
    id="changes-refused",
    title="Somebody tries which changes it may make",
    severity=Severity.HIGH,
    patterns=(EventPattern(sources=SOURCES, only_changes=True),),
    memory=Memory(window=timedelta(minutes=10), trace=_trace),
    remediation=(
        "Ask whoever is behind the principal. If nobody knows of it: take its credentials away, and"
        " look at what it did that was not refused."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
        "https://attack.mitre.org/techniques/T1069/003/",
    ),
    attack=("T1069.003", "T1098"),
    false_positives=("A new deployment role that still lacks some of its rights.",),
)
def changes_refused(event: CloudTrailEvent, burst: Burst, *, kinds: int = 3) -> Iterator[Evidence]:
    """A program is refused the same call again and again; an intruder is refused different ones.

    What counts are kinds of calls of one principal, within ten minutes. One finding a principal
    and day.
    """
    trace = _trace(event)
    if trace is None or len(burst.values) < kinds:
        return
    yield Evidence(
        resource=Resource("AwsAccount", event.iam_arn("root")),
        summary=(
            f"{event.actor} was refused {kinds} kinds of changes or more within ten minutes on"
            f" {format_day(event.at)}"
        ),
        data={"calls": list(burst.values)},
        occasion=f"{format_day(event.at)} {trace.subject}",
    )
