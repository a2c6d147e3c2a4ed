"""Resources as bits of integers, and who asks for them."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from rolecall.policy.requests import caller_of
from rolecall.policy.wildcards import any_of, is_everything, literal_prefix

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rolecall.policy.context import ContextValue


class Reach(NamedTuple):  # a tuple, for hundreds of thousands are made
    """The resources on which an action is allowed: for certain, and at all."""

    granted: int = 0
    possible: int = 0

    def within(self, bits: int) -> Reach:
        """Return what of it is in a set."""
        return Reach(self.granted & bits, self.possible & bits)

    def both(self, other: Reach) -> Reach:
        """Return what is in this one and in the other."""
        return Reach(self.granted & other.granted, self.possible & other.possible)

    def either(self, other: Reach) -> Reach:
        """Return what is in this one or in the other."""
        return Reach(self.granted | other.granted, self.possible | other.possible)

    def leading_to(self, bits: int) -> Reach:
        """Return a set for certain where any of it is certain, and at all where any of it is."""
        return Reach(bits if self.granted else 0, bits if self.possible else 0)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and what is known of its requests besides the resource.

    `facts` are the same for all who ask for this, `own` belong to the asker, such as its tags.
    """

    arn: str
    account_id: str
    facts: tuple[tuple[str, ContextValue], ...] = ()
    own: Mapping[str, ContextValue] = field(default_factory=dict)

    @property
    def names(self) -> Mapping[str, ContextValue]:
        """Return what AWS tells of the asker in every request."""
        caller = caller_of(self.arn)
        name = caller.name if caller.kind == "user" else None
        return {"aws:username": name, "aws:principalaccount": self.account_id}


@dataclass(frozen=True, slots=True, eq=False)
class Domain:
    """Resources that one account has, each with the context keys that speak of it."""

    arns: tuple[str, ...]
    facts: tuple[Mapping[str, ContextValue], ...]
    remembered: dict[object, Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def everything(self) -> int:
        """Return the set of all resources."""
        return (1 << len(self.arns)) - 1

    def matching(self, patterns: tuple[str, ...]) -> int:
        """Return the set of the resources that match at least one of the patterns."""
        found = 0
        for pattern in patterns:
            if pattern not in self.remembered:
                self.remembered[pattern] = self._matching(pattern)
            found |= self.remembered[pattern]
        return found

    def _matching(self, pattern: str) -> int:
        if is_everything(pattern):
            return self.everything
        arns = self._in_order
        prefix, is_named = literal_prefix(pattern), any_of((pattern,))
        found = 0
        for arn, i in arns[bisect_left(arns, (prefix,)) :]:
            if not arn.startswith(prefix):
                break
            found |= (1 << i) if is_named(arn) else 0
        return found

    @property
    def _in_order(self) -> list[tuple[str, int]]:
        """The ARNs in alphabetical order, each with its position."""
        key = ("in order",)
        if key not in self.remembered:
            self.remembered[key] = sorted((arn, i) for i, arn in enumerate(self.arns))
        found: list[tuple[str, int]] = self.remembered[key]
        return found


def any_resource(arns: tuple[str, ...] = ("*",)) -> Domain:
    """Return resources of which an actor may choose one.

    Whatever it makes has no permissions boundary unless it wants one.
    """
    return Domain(arns, ({"iam:permissionsboundary": None},) * len(arns))
