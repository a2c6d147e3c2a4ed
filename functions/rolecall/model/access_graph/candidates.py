"""The paths that are worth asking about, by the actions alone that policies speak of."""

from dataclasses import replace
from functools import cache

from rolecall.policy import PolicySet, action_index
from rolecall.policy.escalation import PATHS, EscalationPath
from rolecall.policy.rights import rights_of_one

_ASSUME = "sts:AssumeRole"


def relevant_part(policies: PolicySet) -> PolicySet:
    """Return the policies without those of the identity that speak of no action of any path."""
    index, account_id = action_index(), policies.account_id
    kept = [
        policy
        for policy in policies.identity
        if rights_of_one(policy, index, account_id).actions & relevant_actions()
    ]
    return replace(policies, identity=tuple(kept))


def mentioned(policies: PolicySet) -> int:
    """Return the actions that policies of the identity allow, whatever denies or limits them."""
    index, found = action_index(), 0
    for policy in policies.identity:
        found |= rights_of_one(policy, index, policies.account_id).possible
    return found


@cache
def candidates(possible: int) -> tuple[EscalationPath, ...]:
    """Return the paths all of whose actions are in a set."""
    missing = relevant_actions() & ~possible
    return tuple([path for path, mask in _by_need() if not mask & missing])


@cache
def relevant_actions() -> int:
    """Return the set of the actions of all paths."""
    return bits_of_actions(tuple(action for path in PATHS for action in path.actions))


@cache
def bits_of_actions(actions: tuple[str, ...]) -> int:
    """Return the set of some actions."""
    return action_index().expand_all(actions)


@cache
def _by_need() -> tuple[tuple[EscalationPath, int], ...]:
    """Return the paths with their masks; of two to one principal that with fewer rights is told."""
    paths = sorted(PATHS, key=lambda path: len(path.actions))
    return tuple((path, _mask(path)) for path in paths)


def _mask(path: EscalationPath) -> int:
    """Return the actions that the policies of the actor itself have to allow."""
    needed = (need for need in path.needs if not need.by_trust and need.action != _ASSUME)
    return bits_of_actions(tuple(need.action for need in needed))
