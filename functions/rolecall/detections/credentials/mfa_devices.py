"""Second factors that are changed for others, in IAM and in Identity Center."""

from rolecall.model.detection_row import About, Case, Row
from rolecall.model.severity import Severity

_DIRECTORY = "sso-directory.amazonaws.com"

ROWS = (
    Row(
        id="mfa-resynchronized",
        title="An MFA device was synchronized anew",
        severity=Severity.LOW,
        source="iam.amazonaws.com",
        calls={"ResyncMFADevice": "synchronized MFA device {serialNumber} of user {userName}"},
        about=About("AwsIamUser", "user/{userName}"),
        cases=(Case(severity=Severity.MEDIUM, of_another=True),),
        why=(
            "It needs two codes of the device in hand. Whoever does it for another user has that"
            " user's second factor."
        ),
        remediation=(
            "Ask the user whether the device gave wrong codes. If not: deactivate the device, and"
            " disable password and keys of both user and actor."
        ),
        references=(
            "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_sync.html",
        ),
        attack=("T1556.006",),
        false_positives=("Hardware tokens whose clock drifts.",),
    ),
    Row(
        id="identity-center-mfa-changed",
        title="A second factor of an Identity Center user was changed",
        severity=Severity.HIGH,
        source=_DIRECTORY,
        calls={
            "DeleteMfaDeviceForUser": "removed an MFA device of an Identity Center user",
            "UpdateMfaDeviceForUser": "changed an MFA device of an Identity Center user",
        },
        why=(
            "One user of Identity Center is a way into many accounts, and without a second factor"
            " a stolen password is enough."
        ),
        remediation=(
            "Ask the user, by another way than mail. If it was nobody's wish: disable the user,"
            " sign it out everywhere, and see in which accounts it was."
        ),
        references=(
            "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiamidentitycenterdirectory.html",
        ),
        attack=("T1556.006",),
        false_positives=("The help desk, when a telephone is replaced.",),
    ),
    Row(
        id="identity-center-mfa-registered",
        title="An Identity Center user got a second factor",
        severity=Severity.INFORMATIONAL,
        refused=None,
        source=_DIRECTORY,
        calls={
            "CompleteVirtualMfaDeviceRegistration": "registered an authenticator app",
            "CompleteWebAuthnDeviceRegistration": "registered a passkey or security key",
        },
        why=(
            "Good, as a rule; kept, since an intruder with a password registers a device before"
            " the owner does."
        ),
        remediation="Nothing, unless the user says that it was not them: then disable the user.",
        references=(
            "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiamidentitycenterdirectory.html",
        ),
        attack=("T1098.005",),
        false_positives=("Everybody who starts to work here.",),
    ),
)
