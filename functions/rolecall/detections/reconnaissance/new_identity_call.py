"""Somebody called what nobody knows yet."""

from collections.abc import Iterator

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.identity_calls import SOURCES, known_calls
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day


@Detection(
    id="new-identity-call",
    title="A call of an identity service that is new to Rolecall",
    severity=Severity.LOW,
    patterns=(EventPattern(sources=SOURCES, only_changes=True),),
    remediation=(
        "Read in AWS's documentation what the call gives to whom, and ask the actor what for. If"
        " it hands out rights: look at what was done with them, and write a rule for it or update"
        " Rolecall."
    ),
    references=(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
    ),
    attack=("T1098",),
    false_positives=("Whoever tries what AWS has just announced.",),
)
def new_identity_call(event: CloudTrailEvent) -> Iterator[Evidence]:
    """AWS adds calls that hand out rights several times a year, and rules by name miss them all.

    Told is a change in an identity service by a call that neither the SDK nor IAM's own tables had
    when this version was made, once a day for each actor. What services do on somebody's behalf is
    quiet: they make calls that no table has.
    """
    is_known = event.name in known_calls()
    if is_known or event.is_made_by_aws or event.actor.invoked_by:
        return
    if not (event.succeeded or event.was_refused):
        return
    did = "called" if event.succeeded else f"was refused ({event.error})"
    day, service = format_day(event.at), event.source.partition(".")[0]
    yield Evidence(
        resource=Resource("AwsAccount", event.iam_arn("root")),
        summary=f"{event.actor} {did} {event.name} of {service} on {day}, which Rolecall does not"
        " know",
        occasion=f"{day} {event.actor.principal} {event.source} {event.name} {event.error}",
    )
