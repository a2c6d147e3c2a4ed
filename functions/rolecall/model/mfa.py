"""Second factors: which devices a user has, and of what kind."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MFAKind(StrEnum):
    """What kind of second factor a device is."""

    PASSKEY = "passkey or security key"
    HARDWARE_TOKEN = "hardware token"  # noqa: S105 - the name of a kind
    AUTHENTICATOR_APP = "authenticator app"
    TEXT_MESSAGE = "text message"
    UNKNOWN = "MFA device of unknown kind"

    @property
    def is_phishing_resistant(self) -> bool:
        """Whether it answers to AWS alone, whatever page its holder is lured to."""
        return self is MFAKind.PASSKEY


@dataclass(frozen=True, slots=True, kw_only=True)
class MFADevice:
    """A second factor of one user."""

    serial_number: str = ""
    """The ARN of the device, or the number on a hardware token; empty where it is not known."""
    enabled_at: datetime | None = None

    @property
    def kind(self) -> MFAKind:
        """What the serial number says of the device.

        https://docs.aws.amazon.com/IAM/latest/APIReference/API_MFADevice.html
        """
        if not self.serial_number:
            return MFAKind.UNKNOWN
        if not self.serial_number.startswith("arn:"):
            return MFAKind.HARDWARE_TOKEN
        resource_type = self.serial_number.rpartition(":")[2].partition("/")[0]
        return _MFA_KINDS.get(resource_type, MFAKind.UNKNOWN)


_MFA_KINDS = {
    "mfa": MFAKind.AUTHENTICATOR_APP,
    "u2f": MFAKind.PASSKEY,
    "sms-mfa": MFAKind.TEXT_MESSAGE,
}
