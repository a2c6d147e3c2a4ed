"""What remains of a set of actions when the resources of every pair of statements are compared.

The bitsets of `rights` know whether a statement is about all resources of an action or about
some. Where an Allow for some meets a Deny for some, or two layers allow some each, that leaves
open whether any resource remains; here it is settled, statement by statement.
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
    identity, *limits = [
        [
            _less(statement, actions, denies)
            for statement, actions in level
            if statement.allows and not (unconditionally and statement.conditions)
        ]
        for level in about
    ]
    possible = _union(allow.actions for allow in identity)
    for limit in limits:
        possible &= _shared(identity, limit)
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
            actions = doubtful & index.select(statement.actions, statement.not_actions)
            if actions:
                yield statement, actions


def _less(
    statement: Statement,
    actions: int,
    denies: Iterable[tuple[Statement, int]],
) -> _Allow:
    """Take away the actions whose resources in the statement are all denied."""
    for deny, denied in denies:
        if actions & denied and is_within(statement, deny):
            actions &= ~denied
    return _Allow(statement, actions)


def _shared(ones: Sequence[_Allow], others: Sequence[_Allow]) -> int:
    """Return the actions that two layers allow on some resource that may be the same."""
    return _union(
        one.actions & other.actions
        for one in ones
        for other in others
        if one.actions & other.actions and not is_apart(one.statement, other.statement)
    )


def _union(sets: Iterable[int]) -> int:
    result = 0
    for bits in sets:
        result |= bits
    return result
