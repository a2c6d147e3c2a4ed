"""Somebody used a way in that is there for emergencies."""

# Longer than 60 lines because sessions of roles and calls of users are told apart.

from collections.abc import Iterator

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day
from rolecall.policy.wildcards import any_of


@Detection(
    id="break-glass-used",
    title="A break-glass user or role was used",
    severity=Severity.HIGH,
    patterns=(
        EventPattern(
            sources=("sts.amazonaws.com",),
            names=("AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"),
        ),
        EventPattern(identity_types=("IAMUser",)),
    ),
    is_always_told=True,
    remediation=(
        "Ask whoever it was for the reason, and whether it is over, and write the answer down:"
        " rolecall findings suppress ID --owner WHO --reason WHY --until DAY. If nobody can say:"
        " disable the user or deny the role to all, then look at what was done with it. Afterwards"
        " change the password and the keys, and test that the way in still works."
    ),
    references=(
        "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_permissions_emergency_process.html",
        "https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/break-glass-access.html",
    ),
    attack=("T1078.004",),
    false_positives=("Drills; they are told as well, for that is what they test.",),
)
def break_glass_used(
    event: CloudTrailEvent, *, principals: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """A way in for emergencies is as strong as it is unwatched on all other days.

    Declare the users and roles by their ARNs, with wildcards, under principals: every day on which
    one is used, and every session of a role, is one finding. Denied attempts are told too.
    """
    is_declared = any_of(principals)
    arn = next(filter(is_declared, _principals(event)), "")
    if not arn or event.actor.is_aws_itself:
        return
    kind = "AwsIamRole" if ":role/" in arn else "AwsIamUser"
    day = format_day(event.at)
    session = event.requested("roleSessionName")
    did = "used" if event.succeeded else f"tried to use ({event.error or 'failed'})"
    yield Evidence(
        resource=Resource(kind, arn),
        summary=f"{event.actor} {did} break-glass {kind[6:].lower()} {arn.rpartition('/')[2]} on"
        f" {day}: what was the reason?",
        principal=arn,
        data={"session": session, "first_call": event.name},
        occasion=f"{day} {session} {event.source_ip} {event.error}",
    )


def _principals(event: CloudTrailEvent) -> Iterator[str]:
    """Yield the role that is assumed, and the user that calls."""
    role = event.requested("roleArn")
    # A role of another account is told there: both accounts record the call.
    if event.source == "sts.amazonaws.com" and f":{event.account_id}:role/" in role:
        yield role
    if event.actor.user_name:
        yield event.actor.arn
