"""Somebody made a user."""

from collections.abc import Iterator

from rolecall.model.commands import list_rights
from rolecall.model.creators import Creator
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity


@Detection(
    id="user-created",
    title="A user was created",
    severity=Severity.INFORMATIONAL,
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
    false_positives=("Whoever is there to make users; that is why it is INFORMATIONAL.",),
)
def user_created(event: CloudTrailEvent) -> Iterator[Evidence]:
    """Years later nobody knows who made a user, and CloudTrail forgets after 90 days.

    The finding keeps it for as long as findings of detections are kept. What the audits say of a
    user later, such as that it has no owner, names its creator where it is known.
    """
    name = event.requested("userName") or event.answered("user", "userName")
    if not event.succeeded or not name:
        return
    path = event.requested("path") or "/"
    arn = event.answered("user", "arn") or event.iam_arn(f"user{path}{name}")
    creator = Creator(event.actor.principal, str(event.actor), event.at)
    yield Evidence(
        resource=Resource("AwsIamUser", arn),
        summary=f"{event.actor} created user {name}",
        commands=list_rights(name),
        data={"user_name": name, **(creator.evidence if creator.principal else {})},
    )
