"""Somebody was put into a group, or taken out."""

# Longer than 60 lines because both directions and refusals are told.

from collections.abc import Iterator

from rolecall.model.commands import aws
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day

_CALLS = {"AddUserToGroup": "put", "RemoveUserFromGroup": "took"}


@Detection(
    id="group-membership-changed",
    title="A user was put into a group or taken out",
    severity=Severity.LOW,
    patterns=(EventPattern(sources=("iam.amazonaws.com",), names=tuple(_CALLS)),),
    remediation=(
        "See what the group gives or denies: `rolecall principal` shows what the user can do now."
        " If nobody asked for it: undo it, and look at what both user and actor did since."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups_manage_add-remove-users.html",
    ),
    attack=("T1098",),
    false_positives=("Whoever manages the groups.",),
)
def group_membership_changed(event: CloudTrailEvent) -> Iterator[Evidence]:
    """One call, and the user has all the rights of the group, or is rid of its limits.

    Who puts itself into a group gives itself rights: HIGH. Who takes itself out may be rid of a
    Deny: MEDIUM. A group that calls itself one of administrators is MEDIUM as well.
    """
    user, group = event.requested("userName"), event.requested("groupName")
    resource = (
        Resource("AwsIamUser", event.iam_arn(f"user/{user}"))
        if user
        else Resource("AwsAccount", event.iam_arn("root"))
    )
    is_put = event.name == "AddUserToGroup"
    if event.succeeded and not event.is_made_by_aws:
        where = "into" if is_put else "out of"
        undo = f"iam {'remove-user-from-group' if is_put else 'add-user-to-group'}"
        yield Evidence(
            resource=resource,
            summary=f"{event.actor} {_CALLS[event.name]} user {user} {where} group {group}",
            severity=_severity(event, is_put=is_put),
            commands=(aws(undo, user_name=user, group_name=group),) if user and group else (),
            data={"user_name": user, "group_name": group},
        )
    elif event.was_refused and not event.is_made_by_aws:
        yield Evidence(
            resource=resource,
            summary=f"{event.actor} was refused {event.name} ({event.error})",
            occasion=f"{format_day(event.at)} {event.actor.principal} {event.name}",
        )


def _severity(event: CloudTrailEvent, *, is_put: bool) -> Severity:
    if event.actor.user_name and event.actor.user_name == event.requested("userName"):
        return Severity.HIGH if is_put else Severity.MEDIUM
    return (
        Severity.MEDIUM
        if is_put and "admin" in event.requested("groupName").lower()
        else Severity.LOW
    )
