"""Users whose second factor is a code that can be typed into the wrong page."""

# Longer than 60 lines because every kind of device weighs differently.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws, comment
from rolecall.model.completeness import Part
from rolecall.model.console import console_users
from rolecall.model.credentials import Credentials
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, Fact, graded
from rolecall.model.mfa import MFADevice, MFAKind
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="mfa-can-be-phished",
    title="Console users' MFA resists phishing",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.CREDENTIAL_REPORT, Part.MFA_DEVICES}),
    weighs=RIGHTS,
    remediation=(
        "Have the user register a passkey or security key under My security credentials, then"
        " deactivate the other devices: as long as one is there, it is the way in."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_enable_fido.html",
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_MFADevice.html",
    ),
)
def mfa_can_be_phished(account: Account) -> Iterator[Evidence]:
    """A code works on any page that asks for it, a passkey or security key on AWS's alone.

    Any one device opens the console, so the weakest is judged. Text messages, which can be
    diverted, count one step more, hardware tokens, which cannot be copied, one step less. Devices
    of unknown kind are not judged; the root user is the subject of `root-mfa-can-be-phished`.
    """
    for user, credentials, _ in console_users(account):
        weak = _weak_devices(credentials)
        if weak:
            kinds = sorted({device.kind.value for device in weak})
            evidence = Evidence(
                resource=user.resource,
                summary=f"{user} can sign in with a code from {' or '.join(map(_article, kinds))}",
                principal=user.arn,
                commands=(
                    comment("once the user has registered a passkey:"),
                    *(_deactivate(user.name, device) for device in weak),
                ),
                data={"kinds": kinds},
            )
            yield graded(evidence, Severity.MEDIUM, account, user, *_facts(weak))


def _weak_devices(credentials: Credentials) -> list[MFADevice]:
    devices = credentials.mfa_devices or ()
    return [
        device
        for device in devices
        if device.kind is not MFAKind.UNKNOWN and not device.kind.is_phishing_resistant
    ]


def _facts(weak: list[MFADevice]) -> Iterator[Fact]:
    kinds = {device.kind for device in weak}
    if MFAKind.TEXT_MESSAGE in kinds:
        yield Fact("its codes come as text messages", 1)
    if kinds == {MFAKind.HARDWARE_TOKEN}:
        yield Fact("its codes come from a token that cannot be copied", -1)


def _article(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _deactivate(user_name: str, device: MFADevice) -> str:
    return aws("iam deactivate-mfa-device", user_name=user_name, serial_number=device.serial_number)
