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


def granted(policies: PolicySet, index: ActionIndex | None = None) -> Grants:
    """Return what a principal may do after all its policies except those of resources.

    Rights that a resource-based policy gives are not among them: they depend on the resource.
    """
    index = index or action_index()
    rights = rights_of(policies.identity, index, policies.account_id)
    doubtful = 0
    for level in policies.limits:
        limit = rights_of(level, index, policies.account_id)
        doubtful |= rights.possible & limit.possible & ~rights.everywhere & ~limit.everywhere
        rights.narrow(limit)
    doubtful |= rights.possible & rights.not_everywhere & ~rights.everywhere
    doubtful &= rights.possible & ~rights.never
    if doubtful:
        rights.never |= impossible(doubtful, policies, index)
    unknown = _sets_of_unknown(policies, rights.unknown)
    sets = zip(_sets(rights), unknown, strict=True)
    return Grants(*[ActionSet(bits, names, index) for bits, names in sets])


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
