"""How bad a finding is, in the words of the AWS Security Finding Format."""

from enum import IntEnum


class Severity(IntEnum):
    """The five severity labels of ASFF, which sort by how bad they are.

    https://docs.aws.amazon.com/securityhub/latest/userguide/asff-required-attributes.html#Severity
    """

    INFORMATIONAL = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @classmethod
    def parse(cls, text: str) -> "Severity":
        """Read a label in any case; raise ValueError naming the five that exist."""
        try:
            return cls[text.upper()]
        except KeyError:
            labels = ", ".join(member.name for member in cls)
            raise ValueError(f"{text!r} is no severity; use one of {labels}") from None
