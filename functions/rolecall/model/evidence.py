"""What a rule yields: the resource it is about and one sentence of fact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from rolecall.model.severity import Severity

Json: TypeAlias = "str | int | bool | Sequence[Json] | Mapping[str, Json] | None"
"""Evidence as data: JSON without fractions, which DynamoDB would turn into decimals."""


@dataclass(frozen=True, slots=True)
class Resource:
    """One AWS thing, with its ASFF type name and its ARN."""

    type: str
    arn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A fact that a rule saw, phrased so that it does not age.

    "dates from 2026-08-14" stays true tomorrow, "is 91 days old" does not: an unchanged world
    must write nothing and say nothing.
    """

    resource: Resource
    summary: str
    principal: str | None = None
    """ARN of the principal that holds, does or did it; None where there is none."""
    severity: Severity | None = None
    """Overrides the rule's severity where the facts raise or lower it."""
    commands: tuple[str, ...] = ()
    """What to paste into a shell, in order."""
    data: Mapping[str, Json] = field(default_factory=dict)
    """The facts behind the sentence, for machines."""
    verdict: str | None = None
    """What the policies say of it: `granted`, `conditional` or `blocked`; None: no question."""
    occasion: str = ""
    """Tells apart two findings of one rule on one resource, such as a user's two access keys."""
