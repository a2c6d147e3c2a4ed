"""What one policy allows and denies, as bitsets over an action index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolecall.policy.variables import with_variables_as
from rolecall.policy.wildcards import any_of, is_everything

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolecall.policy.action_index import ActionIndex
    from rolecall.policy.documents import Policy
    from rolecall.policy.statements import Statement

_NO_NAME = "\ue001"


@dataclass(slots=True)
class Rights:
    """Six sets of actions, three of Allow, each wider than the one before, and three of Deny.

    Allowed on every resource without conditions; on some without conditions; at all.
    Denied on every resource without conditions; on every one under conditions; on some at all.
    `unknown` are the actions that the policy names and the index does not have.
    """

    everywhere: int = 0
    somewhere: int = 0
    possible: int = 0
    never: int = 0
    not_always: int = 0
    not_everywhere: int = 0
    unknown: frozenset[str] = frozenset()

    def join(self, other: Rights) -> None:
        """Add the rights of another policy of the same layer."""
        self.everywhere |= other.everywhere
        self.somewhere |= other.somewhere
        self.possible |= other.possible
        self._take_over_denies(other)

    def narrow(self, other: Rights) -> None:
        """Keep what another layer allows too."""
        self.everywhere &= other.everywhere
        self.somewhere &= other.somewhere
        self.possible &= other.possible
        self._take_over_denies(other)

    def add(self, statement: Statement, actions: int, *, on_all: int, on_some: int) -> None:
        """Add a statement about `actions`, of which it reaches all resources or some."""
        if statement.allows:
            self.possible |= actions & on_some
            if not statement.conditions:
                self.somewhere |= actions & on_some
                self.everywhere |= actions & on_all
            return
        self.not_everywhere |= actions & on_some & ~on_all
        if statement.conditions:
            self.not_always |= actions & on_all
        else:
            self.never |= actions & on_all

    @property
    def actions(self) -> int:
        """Every action that the policies say anything of."""
        return self.possible | self.never | self.not_always | self.not_everywhere

    def _take_over_denies(self, other: Rights) -> None:
        self.never |= other.never
        self.not_always |= other.not_always
        self.not_everywhere |= other.not_everywhere
        if other.unknown:
            self.unknown |= other.unknown


def rights_of(policies: Iterable[Policy], index: ActionIndex, account_id: str) -> Rights:
    """Return what policies of one layer allow and deny together.

    With `account_id`, every resource means every resource of that account.
    """
    rights = Rights()
    for policy in policies:
        rights.join(rights_of_one(policy, index, account_id))
    return rights


def rights_of_one(policy: Policy, index: ActionIndex, account_id: str) -> Rights:
    """Return what one policy allows and denies; it is found out once."""
    found = policy.remembered.get((index, account_id))
    if found is None:
        found = _rights(policy.statements, index, account_id)
        policy.remembered[index, account_id] = found
    return found


def rights_to(action: str, policies: Iterable[Policy]) -> Rights:
    """Return what policies of one layer say of an action that no index has, as bit 0.

    Nobody knows what resources it takes: only a star is certain to be all of them.
    """
    rights = Rights()
    for policy in policies:
        if action not in policy.remembered:
            policy.remembered[action] = _rights_to(action, policy.statements)
        found = policy.remembered[action]
        if found is not None:
            rights.join(found)
    return rights


def _rights_to(action: str, statements: Iterable[Statement]) -> Rights | None:
    rights = None
    for statement in statements:
        named = any_of(statement.actions or statement.not_actions)(action)
        if named is bool(statement.actions):
            rights = rights or Rights()
            on_all, on_some = _reach_of_unknown(statement)
            rights.add(statement, 1, on_all=on_all, on_some=on_some)
    return rights


def _reach_of_unknown(statement: Statement) -> tuple[int, int]:
    """Return 1 or 0: whether it has all resources of an unknown action, and whether some."""
    if statement.not_resources:
        return 0, int(not any(map(is_everything, statement.not_resources)))
    return int(not statement.resources or any(map(is_everything, statement.resources))), 1


def _rights(statements: Iterable[Statement], index: ActionIndex, account_id: str) -> Rights:
    rights = Rights()
    unknown: list[str] = []
    for statement in statements:
        actions = index.selected_by(statement)
        unknown += filter(index.is_unknown, statement.actions or statement.not_actions)
        on_all, on_some = _reach(statement, index, account_id)
        rights.add(statement, actions, on_all=on_all, on_some=on_some)
    rights.unknown = frozenset(unknown)
    return rights


def whole_of(statement: Statement, index: ActionIndex, account_id: str) -> int:
    """Return the actions all of whose resources the statement has, be it an Allow or a Deny.

    Which actions the statement is about is another question, and the main type is enough.
    """
    types = index.resource_types
    if statement.not_resources:
        return index.everything & ~types.touched_by(_spelled_out(statement, "*"))
    narrow = _spelled_out(statement, _NO_NAME)
    return types.main_covered_by(narrow, account_id) if narrow else index.everything


def _reach(statement: Statement, index: ActionIndex, account_id: str) -> tuple[int, int]:
    """Return the actions of whose resources the statement has all, and those of which some.

    To allow all of the main type is to allow all; to deny them leaves the other types.
    """
    patterns = statement.resources or statement.not_resources
    if not patterns or statement.resources == ("*",):
        return index.everything, index.everything
    types = index.resource_types
    narrow, wide = _spelled_out(statement, _NO_NAME), _spelled_out(statement, "*")
    is_main_enough = statement.allows and not statement.not_resources
    covered_by = types.main_covered_by if is_main_enough else types.covered_by
    on_all, on_some = covered_by(narrow, account_id), types.touched_by(wide)
    if statement.not_resources:
        return index.everything & ~on_some, index.everything & ~on_all
    return on_all, on_some


def _spelled_out(statement: Statement, variables_as: str) -> tuple[str, ...]:
    """Return the patterns of resources with a text in the place of every variable."""
    patterns = statement.resources or statement.not_resources
    if not statement.has_variables:
        return patterns
    return tuple([with_variables_as(variables_as, pattern) for pattern in patterns])
