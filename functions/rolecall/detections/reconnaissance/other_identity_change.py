"""A change of identities that no other detection is about."""

from collections.abc import Iterator

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.identity_calls import SOURCES, unnamed_changes
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day


@Detection(
    id="other-identity-change",
    title="Something else about identities was changed",
    severity=Severity.INFORMATIONAL,
    patterns=(EventPattern(sources=SOURCES, only_changes=True),),
    remediation=(
        "Nothing, as a rule: it is kept for whoever asks later what an actor did. For a refused"
        " attempt: ask the actor what it was for."
    ),
    references=(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    ),
    attack=("T1098",),
    false_positives=("Everybody who administers identities.",),
)
def other_identity_change(event: CloudTrailEvent) -> Iterator[Evidence]:
    """What is not worth a rule today may be the missing piece of a story tomorrow.

    Kept are known changes in identity services that no other detection names, one for each kind of
    call of an actor and a day. A refused attempt is LOW.
    """
    service = event.source.partition(".")[0]
    if event.is_made_by_aws or f"{service} {event.name}" not in unnamed_changes():
        return
    if not (event.succeeded or event.was_refused):
        return
    did = "called" if event.succeeded else f"was refused ({event.error})"
    day = format_day(event.at)
    yield Evidence(
        resource=Resource("AwsAccount", event.iam_arn("root")),
        summary=f"{event.actor} {did} {event.name} of {service} on {day}",
        severity=None if event.succeeded else Severity.LOW,
        occasion=f"{day} {event.actor.principal} {event.source} {event.name} {event.error}",
    )
