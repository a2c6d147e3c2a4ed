"""A short text for what a policy set grants: the same rights, the same fingerprint.

How documents are spelled makes no difference: the order of statements and of their elements,
upper case, wildcards or names written out, one policy or several, what a wider statement, a
boundary or a Deny makes idle. Resources and conditions count as they are written: an ARN within
the pattern of another statement is not recognized as idle.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rolecall.policy.grants import Grants, granted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rolecall.policy.action_index import ActionIndex, Piece
    from rolecall.policy.conditions import Condition
    from rolecall.policy.documents import Policy
    from rolecall.policy.policy_set import Level, PolicySet
    from rolecall.policy.statements import Statement

_Texts: TypeAlias = tuple[str, ...]


class _Scope(NamedTuple):
    """Where and when a statement is about its actions."""

    resources: _Texts
    is_inverse: bool
    conditions: _Texts

    def within(self) -> Iterator[_Scope]:
        """Yield the scopes beside this one that contain it, whatever the patterns mean."""
        is_anywhere = self.resources == _EVERYTHING and not self.is_inverse
        if self.conditions and not is_anywhere:
            yield _Scope(self.resources, self.is_inverse, ())
            yield _Scope(_EVERYTHING, is_inverse=False, conditions=self.conditions)
        if self.conditions or not is_anywhere:
            yield _ALWAYS


_EVERYTHING = ("*",)
_ALWAYS = _Scope(_EVERYTHING, is_inverse=False, conditions=())
_DIGITS = 32
_REMEMBERED_SETS = 1 << 12
_REMEMBERED_PIECES = 1 << 14
_STARS = re.compile(r"\*{2,}")

_Said: TypeAlias = "dict[_Scope, tuple[int, frozenset[str]]]"
"""The actions of each scope: those of the index, and the names that it does not have."""
_NOTHING: tuple[int, frozenset[str]] = (0, frozenset())


def fingerprint(policies: PolicySet, grants: Grants | None = None) -> str:
    """Return the fingerprint of what the policies grant, which `granted` may have found already.

    It depends on the action table: an action that AWS adds changes it for whoever gets it. What
    the policies of resources do is not in it.
    """
    grants = grants or granted(policies)
    possible = grants.possible
    index, names = possible.index, possible.unknown
    levels = [_level(level, index) for level in (policies.identity, *policies.limits)]
    denied = _lean(_joined(denies for _, denies in levels), possible.bits, names)
    allowed = [_lean(allows, possible.bits, names) for allows, _ in levels]
    everything = {_ALWAYS: (possible.bits, names)} if possible else {}
    identity, *limits = allowed
    # A limit that lets through all that is left says nothing, and said twice it says no more.
    narrowing = sorted({_text(limit, index) for limit in limits if limit != everything})
    said = [_text(identity, index), _text(denied, index), *narrowing]
    return _hash(json.dumps(said))


def _level(level: Level, index: ActionIndex) -> tuple[_Said, _Said]:
    each = [_said(policy, index) for policy in level]
    return _joined(allows for allows, _ in each), _joined(denies for _, denies in each)


def _said(policy: Policy, index: ActionIndex) -> tuple[_Said, _Said]:
    """Return what one policy allows and denies, by scope; it is found out once."""
    key = ("scopes", index)
    if key not in policy.remembered:
        about = [(each.allows, _statement(each, index)) for each in policy.statements]
        policy.remembered[key] = (
            _joined(said for allows, said in about if allows),
            _joined(said for allows, said in about if not allows),
        )
    found: tuple[_Said, _Said] = policy.remembered[key]
    return found


def _statement(statement: Statement, index: ActionIndex) -> _Said:
    bits = index.selected_by(statement)
    # What NotAction names and AWS does not have says nothing of anything that a policy allows.
    actions = bits, frozenset(filter(index.is_unknown, statement.actions))
    return dict.fromkeys(_scopes(statement), actions)


def _scopes(statement: Statement) -> Iterator[_Scope]:
    conditions = tuple(sorted(map(_condition, statement.conditions)))
    if statement.not_resources:
        yield _Scope(_patterns(statement.not_resources), is_inverse=True, conditions=conditions)
        return
    for pattern in _patterns(statement.resources) or _EVERYTHING:
        yield _Scope((pattern,), is_inverse=False, conditions=conditions)


def _condition(condition: Condition) -> str:
    how = condition.quantifier, condition.operator, condition.if_exists
    return json.dumps([condition.folded_key, *how, sorted(set(condition.values))])


def _patterns(patterns: Iterable[str]) -> _Texts:
    return tuple(sorted({_STARS.sub("*", pattern) for pattern in patterns}))


def _joined(parts: Iterable[_Said]) -> _Said:
    joined: _Said = {}
    for part in parts:
        for scope, (bits, names) in part.items():
            more, others = joined.get(scope, _NOTHING)
            joined[scope] = bits | more, names | others
    return joined


def _lean(said: _Said, possible: int, possible_names: frozenset[str]) -> _Said:
    """Leave out the actions that are not possible anyway, and those that a wider scope has."""
    lean: _Said = {}
    for scope, (bits, names) in said.items():
        left, others = bits & possible, names & possible_names
        for wider in scope.within():
            if wider in said:
                more, more_names = said[wider]
                left, others = left & ~more, others - more_names
        if left or others:
            lean[scope] = left, others
    return lean


def _text(said: _Said, index: ActionIndex) -> str:
    return json.dumps(
        sorted(
            (*scope, _digest(bits, index), sorted(names)) for scope, (bits, names) in said.items()
        )
    )


@lru_cache(maxsize=_REMEMBERED_SETS)
def _digest(bits: int, index: ActionIndex) -> str:
    """Return a short text for a set of actions that does not depend on their positions."""
    return _hash("".join(_digest_of_piece(piece, index) for piece in index.pieces(bits)))


@lru_cache(maxsize=_REMEMBERED_PIECES)
def _digest_of_piece(piece: Piece, index: ActionIndex) -> str:
    return _hash("\n".join(index.names_in(piece)))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_DIGITS]
