"""What one policy allows and denies, as bitsets over an action index."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from rolecall.policy.action_index import ActionIndex
from rolecall.policy.variables import with_variables_as

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolecall.policy.documents import Policy
    from rolecall.policy.statements import Statement

_NO_NAME = "\ue001"


@dataclass(slots=True)
class Rights:
    """Six sets of actions; those of Allow widen downwards, and those of Deny do too.

    Allowed on every resource without conditions; on some without conditions; at all.
    Denied on every resource without conditions; under conditions; at all.
    """

    everywhere: int = 0
    somewhere: int = 0
    possible: int = 0
    never: int = 0
    not_always: int = 0
    not_everywhere: int = 0
    unknown: set[str] = field(default_factory=set)

    def join(self, other: Rights) -> None:
        """Add the rights of another policy of the same layer."""
        self.everywhere |= other.everywhere
        self.somewhere |= other.somewhere
        self.possible |= other.possible
        self._deny(other)

    def narrow(self, other: Rights) -> None:
        """Keep what another layer allows too."""
        self.everywhere &= other.everywhere
        self.somewhere &= other.somewhere
        self.possible &= other.possible
        self._deny(other)

    def _deny(self, other: Rights) -> None:
        self.never |= other.never
        self.not_always |= other.not_always
        self.not_everywhere |= other.not_everywhere
        if other.unknown:
            self.unknown |= other.unknown


_Known = dict[tuple[ActionIndex, str], Rights]
_known: WeakKeyDictionary[Policy, _Known] = WeakKeyDictionary()


def rights_of(policies: Iterable[Policy], index: ActionIndex, account_id: str) -> Rights:
    """Return what policies of one layer allow and deny together.

    With `account_id`, every resource means every resource of that account.
    """
    rights = Rights()
    for policy in policies:
        memo = _known.setdefault(policy, {})
        found = memo.get((index, account_id))
        if found is None:
            found = memo[index, account_id] = _rights(policy.statements, index, account_id)
        rights.join(found)
    return rights


def _rights(statements: Iterable[Statement], index: ActionIndex, account_id: str) -> Rights:
    rights = Rights()
    for statement in statements:
        actions = index.expand_all(statement.actions)
        if statement.not_actions:
            actions = index.everything & ~index.expand_all(statement.not_actions)
        rights.unknown.update(p for p in statement.actions if not index.expand(p))
        covered, touched = _reach(statement, index, account_id)
        if statement.effect == "Allow":
            rights.possible |= actions & touched
            if not statement.conditions:
                rights.somewhere |= actions & touched
                rights.everywhere |= actions & covered
        else:
            rights.not_everywhere |= actions & touched
            if statement.conditions:
                rights.not_always |= actions & touched
            else:
                rights.never |= actions & covered
    return rights


def _reach(statement: Statement, index: ActionIndex, account_id: str) -> tuple[int, int]:
    """Return the actions whose resources the statement has all of, and those it has some of."""
    patterns = statement.resources or statement.not_resources
    if not patterns or patterns == ("*",) == statement.resources:
        return index.everything, index.everything
    types = index.resource_types
    narrow = wide = patterns
    if statement.has_variables:
        narrow = tuple(with_variables_as(_NO_NAME, pattern) for pattern in patterns)
        wide = tuple(with_variables_as("*", pattern) for pattern in patterns)
    covered, touched = types.covered_by(narrow, account_id), types.touched_by(wide)
    if statement.not_resources:
        return index.everything & ~touched, index.everything & ~covered
    return covered, touched
