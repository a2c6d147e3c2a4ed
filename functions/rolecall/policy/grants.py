"""The whole effective set of what a principal may do, computed over bitsets.

What is said here of an action holds for every request with it: `everywhere` means that neither
resource nor context makes a difference. Where they do, the action is in one of the two other
sets, and `decide` answers for a single request.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolecall.policy.action_index import ActionIndex, action_index
from rolecall.policy.action_set import ActionSet
from rolecall.policy.refinement import impossible
from rolecall.policy.rights import Rights, rights_of, rights_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolecall.policy.policy_set import PolicySet


@dataclass(frozen=True, slots=True)
class Grants:
    """The effective actions of a principal, in three sets that have nothing in common.

    `everywhere`: on every resource, whatever the circumstances. `on_some_resources`: whatever the
    circumstances, but not on every resource. `under_conditions`: only when conditions hold.
    """

    everywhere: ActionSet
    on_some_resources: ActionSet
    under_conditions: ActionSet

    @property
    def possible(self) -> ActionSet:
        """Return every action that some request may be allowed."""
        return self.everywhere | self.on_some_resources | self.under_conditions

    @property
    def version(self) -> str:
        """Return the version of the action table under which this was found."""
        return self.everywhere.index.version


def granted(
    policies: PolicySet,
    index: ActionIndex | None = None,
    *,
    naming: Iterable[str] = (),
) -> Grants:
    """Return what a principal may do after all its policies except those of resources.

    Rights that a resource-based policy gives are not among them: they depend on the resource.
    Of the actions that the index does not have, those are reckoned with that the policies name,
    and those in `naming`.
    """
    index = index or action_index()
    rights, doubtful = _combine(policies, index)
    if doubtful:
        rights.never |= impossible(doubtful, policies, index)
        certain = doubtful & rights.somewhere
        rights.not_always |= impossible(certain, policies, index, unconditionally=True)
    unknown = _sets_of_unknown(policies, rights.unknown.union(naming))
    sets = zip(_sets(rights), unknown, strict=True)
    return Grants(*[ActionSet(bits, names, index) for bits, names in sets])


def unknown_actions(policies: PolicySet, index: ActionIndex) -> frozenset[str]:
    """Return the actions that the policies name and the index does not have."""
    return _combine(policies, index)[0].unknown


def _combine(policies: PolicySet, index: ActionIndex) -> tuple[Rights, int]:
    """Return the rights after all layers, and the actions for which resources may not fit."""
    rights = rights_of(policies.identity, index, policies.account_id)
    minor = index.resource_types.with_minor
    doubtful = 0
    for level in policies.limits:
        limit = rights_of(level, index, policies.account_id)
        doubtful |= (minor | ~rights.everywhere) & ~limit.everywhere
        rights.narrow(limit)
    doubtful |= rights.not_everywhere & (minor | ~rights.everywhere)
    return rights, doubtful & rights.possible & ~rights.never


def _sets(rights: Rights) -> tuple[int, int, int]:
    possible = rights.possible & ~rights.never
    always = rights.somewhere & possible & ~rights.not_always
    everywhere = rights.everywhere & always & ~rights.not_everywhere
    return everywhere, always & ~everywhere, possible & ~always


def _sets_of_unknown(policies: PolicySet, actions: Iterable[str]) -> list[frozenset[str]]:
    """Sort actions that the index does not have into the same three sets, one by one."""
    sets: tuple[set[str], ...] = (set(), set(), set())
    for action in actions:
        rights = rights_to(action, policies.identity)
        for level in policies.limits:
            rights.narrow(rights_to(action, level))
        for names, holds in zip(sets, _sets(rights), strict=True):
            if holds:
                names.add(action)
    return [frozenset(names) for names in sets]
