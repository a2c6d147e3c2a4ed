"""Amazon Resource Names, taken apart."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

PARTITIONS = ("aws", "aws-cn", "aws-us-gov", "aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f")
_PARTS = 6


class Arn(NamedTuple):
    """The six colon-separated parts of an ARN, without the leading `arn`."""

    partition: str
    service: str
    region: str
    account_id: str
    resource: str


@lru_cache(maxsize=1 << 14)
def parse_arn(text: str) -> Arn | None:
    """Take an ARN apart, or answer None for a text that is none."""
    parts = text.split(":", _PARTS - 1)
    if len(parts) != _PARTS or parts[0] != "arn":
        return None
    return Arn(*parts[1:])


def account_of(text: str) -> str:
    """Return the account id in an ARN, or an empty string."""
    arn = parse_arn(text)
    return arn.account_id if arn else ""
