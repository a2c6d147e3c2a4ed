"""A second factor is gone."""

# Longer than 60 lines because whose device it was is said in four ways.

from collections.abc import Iterator

from rolecall.model.commands import list_mfa_devices
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day


@Detection(
    id="mfa-removed",
    title="An MFA device was removed",
    severity=Severity.HIGH,
    patterns=(
        EventPattern(
            sources=("iam.amazonaws.com",),
            names=("DeactivateMFADevice", "DeleteVirtualMFADevice"),
        ),
    ),
    remediation=(
        "Ask the user, by another way than mail, whether the device was lost or replaced. If not:"
        " disable the password and the keys of both user and actor, and look at what they did."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_disable.html",
    ),
    attack=("T1556.006",),
    false_positives=("A device that is replaced: look for EnableMFADevice soon after.",),
)
def mfa_removed(event: CloudTrailEvent) -> Iterator[Evidence]:
    """Without its second factor a stolen password is enough.

    Taking it from another user is how an intruder turns a password reset into a way in; taking
    one's own away may be an intruder in that user's session. Refused attempts are LOW.
    """
    serial = event.requested("serialNumber")
    if event.is_made_by_aws or not (event.succeeded or event.was_refused):
        return
    owner, is_root = _owner(event), _is_of_root(event, serial)
    whose = " of the root user" if is_root else f" of user {owner}" if owner else ""
    day, did = format_day(event.at), "removed" if event.succeeded else "was refused to remove"
    yield Evidence(
        resource=Resource("AwsIamUser", event.iam_arn(f"user/{owner}"))
        if owner and not is_root
        else Resource("AwsAccount", event.iam_arn("root")),
        summary=f"{event.actor} {did} MFA device {serial or '(not told)'}{whose}",
        severity=_severity(event, owner, is_root=is_root) if event.succeeded else Severity.LOW,
        occasion="" if event.succeeded else f"{day} {event.actor.principal} {event.name}",
        commands=(list_mfa_devices(owner),) if owner and not is_root else (),
        data={"serial_number": serial, "user_name": owner},
    )


def _owner(event: CloudTrailEvent) -> str:
    """Return the user who had the device; empty where the call does not say.

    Who deactivates a device without naming a user means its own. To delete a virtual device is
    to delete one that serves nobody any more, whatever its name.
    """
    if event.name == "DeleteVirtualMFADevice":
        return ""
    return event.requested("userName") or event.actor.user_name


def _is_of_root(event: CloudTrailEvent, serial: str) -> bool:
    names_nobody = event.name == "DeactivateMFADevice" and not event.requested("userName")
    return (
        (event.actor.is_root and names_nobody)
        or ":u2f/root-account/" in serial
        or serial.endswith(":mfa/root-account-mfa-device")
    )


def _severity(event: CloudTrailEvent, owner: str, *, is_root: bool) -> Severity:
    if is_root:
        return Severity.CRITICAL
    if event.name == "DeleteVirtualMFADevice":
        return Severity.LOW  # only a device that serves nobody any more can be deleted
    return Severity.MEDIUM if owner == event.actor.user_name else Severity.HIGH
