"""What remains of a set of actions when the resources of every pair of statements are compared.

The bitsets of `rights` know whether a statement is about all resources of an action or about
some. Where an Allow for some meets a Deny for some, or two layers allow some each, that leaves
open whether any resource remains; here it is settled, statement by statement. Only so many
patterns are compared, though: what is then still open stays possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolecall.policy.overlap import is_apart, is_within
from rolecall.policy.rights import rights_of_one

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rolecall.policy.action_index import ActionIndex
    from rolecall.policy.policy_set import Level, PolicySet
    from rolecall.policy.statements import Statement


_MOST_COMPARISONS = 100_000


@dataclass(slots=True)
class _Budget:
    """How many pairs of patterns may still be compared."""

    left: int = _MOST_COMPARISONS

    def affords(self, one: Statement, other: Statement) -> bool:
        """Take off the pairs of two statements, and say whether they may be compared."""
        self.left -= _size(one) * _size(other)
        return self.left >= 0


@dataclass(frozen=True, slots=True)
class _Allow:
    """A statement with Allow, and the actions of which its resources are not all denied."""

    statement: Statement
    actions: int


def impossible(
    doubtful: int,
    policies: PolicySet,
    index: ActionIndex,
    *,
    unconditionally: bool = False,
) -> int:
    """Return those of the doubtful actions that no resource is left for.

    With `unconditionally`, only that is left which statements without conditions allow and none
    with conditions denies.
    """
    levels: list[Level] = [policies.identity, *policies.limits]
    about = [list(_about(doubtful, level, index, policies.account_id)) for level in levels]
    denies = [
        (statement, actions)
        for level in about
        for statement, actions in level
        if not statement.allows and (unconditionally or not statement.conditions)
    ]
    budget = _Budget()
    identity, *limits = [
        [
            _less(statement, actions, denies, budget)
            for statement, actions in level
            if statement.allows and not (unconditionally and statement.conditions)
        ]
        for level in about
    ]
    possible = _union(allow.actions for allow in identity)
    for limit in limits:
        possible &= _shared(identity, limit, budget)
    return doubtful & ~possible


def _about(
    doubtful: int,
    level: Level,
    index: ActionIndex,
    account_id: str,
) -> Iterable[tuple[Statement, int]]:
    for policy in level:
        if not doubtful & rights_of_one(policy, index, account_id).actions:
            continue
        for statement in policy.statements:
            actions = doubtful & index.selected_by(statement)
            if actions:
                yield statement, actions


def _less(
    statement: Statement,
    actions: int,
    denies: Iterable[tuple[Statement, int]],
    budget: _Budget,
) -> _Allow:
    """Take away the actions whose resources in the statement are all denied."""
    for deny, denied in denies:
        if actions & denied:
            if not budget.affords(statement, deny):
                break
            if is_within(statement, deny):
                actions &= ~denied
    return _Allow(statement, actions)


def _shared(ones: Sequence[_Allow], others: Sequence[_Allow], budget: _Budget) -> int:
    """Return the actions that two layers allow on some resource that may be the same."""
    found = 0
    for one in ones:
        for other in others:
            both = one.actions & other.actions & ~found
            if both and not (
                budget.affords(one.statement, other.statement)
                and is_apart(one.statement, other.statement)
            ):
                found |= both
    return found


def _size(statement: Statement) -> int:
    return len(statement.resources) + len(statement.not_resources)


def _union(sets: Iterable[int]) -> int:
    result = 0
    for bits in sets:
        result |= bits
    return result
