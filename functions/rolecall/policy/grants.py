"""The whole effective set of what a principal may do, computed over bitsets.

What is said here of an action holds for every request with it: `everywhere` means that neither
resource nor context makes a difference. Where they do, the action is in one of the two other
sets, and `decide` answers for a single request.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from rolecall.policy.action_index import ActionIndex, action_index
from rolecall.policy.action_set import ActionSet
from rolecall.policy.rights import Rights, rights_of

if TYPE_CHECKING:
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
    rights = _combine(policies, index)
    known = _sets(rights)
    if not rights.unknown:
        return Grants(*(ActionSet(bits, index=index) for bits in known))
    beyond = _index_of(frozenset(rights.unknown))
    unknown = (frozenset(beyond.names_of(bits)) for bits in _sets(_combine(policies, beyond)))
    return Grants(*(ActionSet(*both, index) for both in zip(known, unknown, strict=True)))


def _combine(policies: PolicySet, index: ActionIndex) -> Rights:
    rights = rights_of(policies.identity, index, policies.account_id)
    for level in policies.limits:
        rights.narrow(rights_of(level, index, policies.account_id))
    return rights


def _sets(rights: Rights) -> tuple[int, int, int]:
    possible = rights.possible & ~rights.never
    always = rights.somewhere & possible & ~rights.not_always
    everywhere = rights.everywhere & always & ~rights.not_everywhere
    return everywhere, always & ~everywhere, possible & ~always


@lru_cache(maxsize=1 << 8)
def _index_of(unknown: frozenset[str]) -> ActionIndex:
    """Return an index of names that AWS never had, so that they are reckoned with all the same."""
    return ActionIndex("", sorted(unknown))
