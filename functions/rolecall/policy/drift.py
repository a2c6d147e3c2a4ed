"""Wildcard drift: what a policy has come to grant since it was last judged, by new actions alone.

AWS adds actions every week, and a wildcard that was judged harmless takes in the new ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolecall.policy.action_index import ActionIndex, action_index
from rolecall.policy.action_set import ActionSet
from rolecall.policy.wildcards import is_literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rolecall.policy.documents import Policy
    from rolecall.policy.statements import Statement


@dataclass(frozen=True, slots=True)
class Drift:
    """The actions that a statement with Allow has gained."""

    policy: str
    statement: Statement
    gained: ActionSet


def wildcard_drift(
    policies: Iterable[Policy],
    judged_with: str,
    index: ActionIndex | None = None,
) -> Iterator[Drift]:
    """Yield the statements that allow more than they did under the table of a former version."""
    index = index or action_index()
    new = index.added_after(judged_with)
    if not new:
        return
    for policy in policies:
        for statement in policy.statements:
            wildcards = [pattern for pattern in statement.actions if not is_literal(pattern)]
            gained = index.select(wildcards, statement.not_actions) & new
            if statement.allows and gained:
                yield Drift(policy.name, statement, ActionSet(gained, index=index))
