"""Somebody made a user."""

# Longer than 60 lines because it keeps the creator, and tells of refusals too.

from collections.abc import Iterator

from rolecall.model.commands import list_rights
from rolecall.model.creators import Creator
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day


@Detection(
    id="user-created",
    title="A user was created",
    severity=Severity.LOW,
    patterns=(EventPattern(sources=("iam.amazonaws.com",), names=("CreateUser",)),),
    remediation=(
        "Nothing, where users are expected to be made. Where they are not: ask the actor why, and"
        " give temporary credentials instead; `rolecall migrate` says which."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
    ),
    attack=("T1136.003",),
    false_positives=("Whoever is there to make users; that is why it is LOW.",),
)
def user_created(event: CloudTrailEvent) -> Iterator[Evidence]:
    """Years later nobody knows who made a user, and CloudTrail forgets after 90 days.

    The finding keeps it for as long as findings of detections are kept. What the audits say of a
    user later, such as that it has no owner, names its creator where it is known. By
    CloudFormation or a declared pipeline it is INFORMATIONAL; with the credentials of an instance,
    which has no business to make users, HIGH. Refused attempts are LOW.
    """
    if event.was_refused and not event.is_made_by_aws:
        yield _refused(event)
    name = event.requested("userName") or event.answered("user", "userName")
    if not event.succeeded or not name:
        return
    path = event.requested("path") or "/"
    arn = event.answered("user", "arn") or event.iam_arn(f"user{path}{name}")
    creator = Creator(event.actor.principal, str(event.actor), event.at)
    yield Evidence(
        resource=Resource("AwsIamUser", arn),
        summary=f"{event.actor} created user {name}",
        severity=_severity(event),
        commands=list_rights(name),
        data={"user_name": name, **(creator.evidence if creator.principal else {})},
    )


def _refused(event: CloudTrailEvent) -> Evidence:
    return Evidence(
        resource=Resource("AwsAccount", event.iam_arn("root")),
        summary=f"{event.actor} was refused CreateUser ({event.error})",
        severity=Severity.LOW,
        occasion=f"{format_day(event.at)} {event.actor.principal}",
    )


def _severity(event: CloudTrailEvent) -> Severity | None:
    if event.actor.is_instance:
        return Severity.HIGH
    return Severity.INFORMATIONAL if event.is_from_code else None
