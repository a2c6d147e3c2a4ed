"""Somebody tries what of the identities it may see."""

from collections.abc import Iterator
from datetime import timedelta

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence
from rolecall.model.identity_calls import SOURCES
from rolecall.model.memory import Burst, Memory, Trace
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day


def _trace(event: CloudTrailEvent) -> Trace | None:
    if event.is_made_by_aws or event.is_from_console:
        return None
    return Trace(event.actor.principal, f"{event.source.partition('.')[0]}:{event.name}")


@Detection(
    id="reading-refused",
    title="Somebody tries what of the identities it may see",
    severity=Severity.MEDIUM,
    patterns=(EventPattern(sources=SOURCES, only_refused_reads=True),),
    memory=Memory(window=timedelta(minutes=10), trace=_trace),
    remediation=(
        "Ask whoever is behind the principal. If nobody knows of it: take its credentials away, and"
        " look at what it did that was not refused (`rolecall timeline`)."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html",
        "https://attack.mitre.org/techniques/T1087/004/",
    ),
    attack=("T1087.004", "T1069.003"),
    false_positives=("A scanner whose role lacks rights.",),
)
def reading_refused(event: CloudTrailEvent, burst: Burst, *, kinds: int = 5) -> Iterator[Evidence]:
    """Whoever finds a credential tries first whose it is and what it can see.

    What counts are kinds of refused calls of one principal, within ten minutes. People in the
    console are refused whatever a page asks for, and do not count. One finding a principal and day.
    """
    if _trace(event) is None or len(burst.values) < kinds:
        return
    day = format_day(event.at)
    yield Evidence(
        resource=event.actor.resource,
        summary=f"{event.actor} was refused {kinds} kinds of reading identities or more within ten"
        f" minutes on {day}",
        data={"calls": list(burst.values)},
        occasion=f"{day} {event.actor.principal}",
    )
