"""A second factor is gone."""

from collections.abc import Iterator

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity


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
    one's own away may be an intruder in that user's session.
    """
    serial = event.requested("serialNumber")
    if not event.succeeded or not serial:
        return
    # Virtual devices of old carry the user's name; the call to delete them does not name the user.
    owner = event.requested("userName") or serial.rpartition("/")[2]
    is_root = serial.endswith(":mfa/root-account-mfa-device")
    name = "the root user" if is_root else f"user {owner}"
    yield Evidence(
        resource=Resource("AwsAccount", event.iam_arn("root"))
        if is_root
        else Resource("AwsIamUser", event.iam_arn(f"user/{owner}")),
        summary=f"{event.actor} removed MFA device {serial} of {name}",
        severity=_severity(event, owner, is_root=is_root),
        commands=(f"aws iam list-mfa-devices --user-name {owner}",) if not is_root else (),
        data={"serial_number": serial, "user_name": owner},
    )


def _severity(event: CloudTrailEvent, owner: str, *, is_root: bool) -> Severity:
    if is_root:
        return Severity.CRITICAL
    if event.name == "DeleteVirtualMFADevice":
        return Severity.LOW  # only a device that serves nobody any more can be deleted
    return Severity.MEDIUM if owner == event.actor.user_name else Severity.HIGH
