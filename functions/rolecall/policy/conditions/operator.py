"""What a condition operator is: how one value of the policy meets one value of the request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Unreadable(ValueError):  # noqa: N818 - it is an answer: neither side of the comparison holds
    """A value that its operator cannot read: a number that is none, a date that is none."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator as AWS spells it.

    `matches(policy_value, request_value)` is the positive question; a negated operator holds
    where no value of the policy matches. `wildcards` and `variables` tell what AWS reads in the
    policy's values.
    """

    name: str
    matches: Callable[[str, str], bool]
    is_negated: bool = False
    wildcards: bool = False
    variables: bool = False
