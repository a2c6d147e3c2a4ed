"""Somebody registered a second factor."""

# Longer than 60 lines because whose device it is, and with what it was made, decides.

from collections.abc import Iterator

from rolecall.model.commands import list_mfa_devices
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day

_FAILURES = ("EntityAlreadyExists", "EntityAlreadyExistsException")


@Detection(
    id="mfa-added",
    title="An MFA device was added",
    severity=Severity.INFORMATIONAL,
    patterns=(
        EventPattern(
            sources=("iam.amazonaws.com",), names=("CreateVirtualMFADevice", "EnableMFADevice")
        ),
    ),
    remediation=(
        "Ask the user whether the device is theirs. If not: deactivate it, disable password and"
        " keys of the user, and look at what the actor did."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable-overview.html",
    ),
    attack=("T1098.005", "T1556.006"),
    false_positives=("Everybody who starts to work here.",),
)
def mfa_added(event: CloudTrailEvent) -> Iterator[Evidence]:
    """A device of an intruder's own makes a stolen user theirs: it passes where MFA is asked for.

    One's own device, made in the console, is as it should be. For another user it is MEDIUM; with
    a temporary session key outside the console HIGH, which is how stolen sessions take root.
    Attempts that failed because there is a device already, or were refused, are LOW.
    """
    if event.is_made_by_aws:
        return
    owner = event.requested("userName") or event.actor.user_name
    resource = (
        Resource("AwsIamUser", event.iam_arn(f"user/{owner}"))
        if owner
        else Resource("AwsAccount", event.iam_arn("root"))
    )
    if event.succeeded:
        yield Evidence(
            resource=resource,
            summary=f"{event.actor} {_did(event, owner)}",
            severity=_severity(event),
            commands=(list_mfa_devices(owner),) if owner else (),
            data={"user_name": owner},
        )
    elif event.was_refused or event.error in _FAILURES:
        yield Evidence(
            resource=resource,
            summary=f"{event.actor} failed to add an MFA device ({event.error})",
            severity=Severity.LOW,
            occasion=f"{format_day(event.at)} {event.actor.principal} {event.name} {event.error}",
        )


def _did(event: CloudTrailEvent, owner: str) -> str:
    if event.name == "CreateVirtualMFADevice":
        return "made a virtual MFA device"
    return f"added an MFA device to user {owner}" if owner else "added an MFA device"


def _severity(event: CloudTrailEvent) -> Severity:
    if event.actor.user_name and event.actor.access_key_id.startswith("ASIA"):
        in_console = event.is_from_console or "console" in event.user_agent
        return Severity.INFORMATIONAL if in_console else Severity.HIGH
    is_for_another = event.name == "EnableMFADevice" and event.other_user
    return Severity.MEDIUM if is_for_another else Severity.INFORMATIONAL
