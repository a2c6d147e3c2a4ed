"""What a change of policies did to the effective set of a principal."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from rolecall.policy.action_index import action_index
from rolecall.policy.action_set import ActionSet
from rolecall.policy.grants import granted, unknown_actions
from rolecall.policy.wildcards import any_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rolecall.policy.conditions import Condition
    from rolecall.policy.policy_set import Level, PolicySet
    from rolecall.policy.statements import Effect, Statement


_Scopes: TypeAlias = "dict[_Scope, int]"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a change of policies did.

    `gained` and `lost` are actions that had not been possible at all, or are not any more. Of
    the others, `widened` are possible on more resources or under fewer conditions than before,
    and `narrowed` on fewer or under more, as far as the three sets of `Grants` tell and, where
    they are alike, the resources and conditions that the statements spell. `changed` are those
    whose statements became wider in one way and narrower in another.
    """

    gained: ActionSet
    lost: ActionSet
    widened: ActionSet
    narrowed: ActionSet
    changed: ActionSet

    def __bool__(self) -> bool:
        """Say whether anything has changed."""
        return bool(self.gained or self.lost or self.widened or self.narrowed or self.changed)


class _Scope(NamedTuple):
    """What a statement says of its actions: one resource pattern, or all that it excludes."""

    effect: Effect
    resources: frozenset[str]
    is_inverse: bool
    conditions: frozenset[Condition]

    def wider(self) -> Iterator[_Scope]:
        """Yield the scope itself and those that contain it whatever the patterns mean."""
        for conditions in {self.conditions, _UNCONDITIONALLY}:
            yield self._replace(conditions=conditions)
            yield _Scope(self.effect, _EVERYTHING, is_inverse=False, conditions=conditions)


_EVERYTHING = frozenset({"*"})
_UNCONDITIONALLY: frozenset[Condition] = frozenset()
# A layer that is not there takes nothing away.
_NO_LIMIT = {_Scope("Allow", _EVERYTHING, is_inverse=False, conditions=_UNCONDITIONALLY): -1}


def compare(before: PolicySet, after: PolicySet) -> Comparison:
    """Tell what a principal gained and lost by a change of its policies."""
    index = action_index()
    naming = unknown_actions(before, index) | unknown_actions(after, index)
    old, new = granted(before, naming=naming), granted(after, naming=naming)
    both = old.possible & new.possible
    old_always = old.everywhere | old.on_some_resources
    new_always = new.everywhere | new.on_some_resources
    wider, narrower = _respelled(before, after, sorted(naming))
    alike = old.on_some_resources & new.on_some_resources
    alike |= old.under_conditions & new.under_conditions
    return Comparison(
        gained=new.possible - old.possible,
        lost=old.possible - new.possible,
        widened=both & ((new.everywhere - old.everywhere) | (new_always - old_always))
        | alike & (wider - narrower),
        narrowed=both & ((old.everywhere - new.everywhere) | (old_always - new_always))
        | alike & (narrower - wider),
        changed=alike & wider & narrower,
    )


def _respelled(
    before: PolicySet,
    after: PolicySet,
    unknown: Sequence[str],
) -> tuple[ActionSet, ActionSet]:
    """Return the actions of which some statement allows more than before, and less."""
    wider = narrower = 0
    for old_level, new_level in zip_longest(_layers(before), _layers(after)):
        old, new = _scopes(old_level, unknown), _scopes(new_level, unknown)
        for scope in old.keys() | new.keys():
            more, less = _beyond(scope, new, old), _beyond(scope, old, new)
            wider |= more if scope.effect == "Allow" else less
            narrower |= less if scope.effect == "Allow" else more
    return _set_of(wider, unknown), _set_of(narrower, unknown)


def _layers(policies: PolicySet) -> Iterator[Level | None]:
    yield policies.identity
    yield (policies.boundary,) if policies.boundary else None
    yield policies.session
    yield from policies.scps or ()


def _scopes(level: Level | None, unknown: Sequence[str]) -> _Scopes:
    """Return the actions of each scope; the unknown ones follow behind those of the index."""
    if level is None:
        return _NO_LIMIT
    scopes: defaultdict[_Scope, int] = defaultdict(int)
    for policy in level:
        for statement in policy.statements:
            actions = _actions_of(statement, unknown)
            for scope in _scopes_of(statement):
                scopes[scope] |= actions
    return dict(scopes)


def _scopes_of(statement: Statement) -> Iterator[_Scope]:
    conditions = frozenset(statement.conditions)
    if statement.not_resources:
        excluded = frozenset(statement.not_resources)
        yield _Scope(statement.effect, excluded, is_inverse=True, conditions=conditions)
        return
    for pattern in statement.resources or _EVERYTHING:
        resources = frozenset({pattern})
        yield _Scope(statement.effect, resources, is_inverse=False, conditions=conditions)


def _actions_of(statement: Statement, unknown: Sequence[str]) -> int:
    index = action_index()
    bits = index.selected_by(statement)
    matches = any_of(statement.actions or statement.not_actions)
    for i, name in enumerate(unknown, len(index.names)):
        bits |= (matches(name) is bool(statement.actions)) << i
    return bits


def _beyond(scope: _Scope, ones: _Scopes, others: _Scopes) -> int:
    """Return the actions of a scope that the other side has neither in it nor in a wider one."""
    bits = ones.get(scope, 0)
    for wider in scope.wider():
        bits &= ~others.get(wider, 0)
    return bits


def _set_of(bits: int, unknown: Iterable[str]) -> ActionSet:
    index = action_index()
    names = (name for i, name in enumerate(unknown, len(index.names)) if bits >> i & 1)
    return ActionSet(bits & index.everything, frozenset(names), index)
