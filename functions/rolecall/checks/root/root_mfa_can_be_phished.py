"""Root users whose second factor is a code that can be typed into the wrong page."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.mfa import MFAKind
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity

_ON_A_PHONE = frozenset({MFAKind.AUTHENTICATOR_APP, MFAKind.TEXT_MESSAGE})


@Check(
    id="root-mfa-can-be-phished",
    title="The root user's MFA is hardware",
    severity=Severity.HIGH,
    needs=frozenset({Part.CREDENTIAL_REPORT, Part.MFA_DEVICES}),
    remediation=(
        "Sign in as the root user, register two security keys kept in two places, and remove the"
        " device of the other kind: as long as it is there, it is the way in."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-fido-mfa-for-root.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html",
    ),
    compliance=(
        Control("AWS FSBP", "1.0.0", "IAM.6"),
        Control("CIS AWS Foundations", "3.0.0", "1.6"),
        Control("CIS AWS Foundations", "5.0.0", "1.5"),
    ),
)
def root_mfa_can_be_phished(account: Account) -> Iterator[Evidence]:
    """A code from a phone works on any page that asks for it, a security key on AWS's alone.

    A device of unknown kind is not judged.
    """
    credentials = account.root.credentials if account.root else None
    devices = (credentials.mfa_devices or ()) if credentials else ()
    weak = sorted({device.kind.value for device in devices if device.kind in _ON_A_PHONE})
    if weak:
        yield Evidence(
            resource=account.resource,
            summary=f"the root user of {account.id} has MFA by {' and '.join(weak)}",
            principal=account.resource.arn,
            commands=(aws("iam list-virtual-mfa-devices --assignment-status Assigned"),),
            data={"kinds": weak},
        )
