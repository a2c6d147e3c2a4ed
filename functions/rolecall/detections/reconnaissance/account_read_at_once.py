"""Somebody took everything that IAM has in one call."""

from collections.abc import Iterator

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.identity_calls import READING
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day
from rolecall.policy.wildcards import any_of


@Detection(
    id="account-read-at-once",
    title="Somebody read all users, roles and policies at once",
    severity=Severity.LOW,
    patterns=(EventPattern(sources=("iam.amazonaws.com",), names=READING),),
    remediation=(
        "Where it is a tool of yours: name its role under known_readers. Where nobody knows it:"
        " disable the credentials; whoever has this list is looking for the way up."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html",
        "https://attack.mitre.org/techniques/T1087/004/",
    ),
    attack=("T1087.004", "T1069.003"),
    false_positives=("Scanners of posture; name their roles under known_readers.",),
)
def account_read_at_once(
    event: CloudTrailEvent,
    *,
    known_readers: tuple[str, ...] = ("*:role/rolecall-*", "*:role/aws-reserved/*"),
) -> Iterator[Evidence]:
    """One call shows who could become whom: it is the map that an intruder wants first.

    Our own reader makes it every day, and so do other scanners: known_readers are their ARNs, with
    wildcards. What a user does with a key of its own is MEDIUM, for scanners have roles.
    """
    actor = event.actor
    if event.is_made_by_aws or any_of(known_readers)(actor.principal):
        return
    if not (event.succeeded or event.was_refused):
        return
    day = format_day(event.at)
    did = "called" if event.succeeded else "was refused"
    yield Evidence(
        resource=Resource("AwsAccount", event.iam_arn("root")),
        summary=f"{actor} {did} {event.name} on {day} from {event.source_ip}",
        severity=Severity.MEDIUM if event.succeeded and actor.user_name else None,
        occasion=f"{day} {actor.principal} {event.name} {event.error} {event.source_ip}",
    )
