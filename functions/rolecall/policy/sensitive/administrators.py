"""What an administrator is: the one definition that findings, gravity, graph and console share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from rolecall.policy.action_index import action_index
from rolecall.policy.sensitive.breadth import Breadth, Limits, breadth_of, limits_of, union

if TYPE_CHECKING:
    from rolecall.policy.policy_set import PolicySet


class Ruling(NamedTuple):
    """The rights of an administrator as bitsets, in the one set that says what is left of them."""

    granted: int = 0
    conditional: int = 0
    blocked: int = 0


@dataclass(frozen=True, slots=True)
class _Way:
    """How to have everything: raise somebody, then act as it; one action of each row does."""

    raises: tuple[str, ...]
    """Give anything to anybody of a kind."""
    becomes: tuple[str, ...]
    """Let the actor, or a password or key that it knows, act as anybody of the kind."""
    unless_denied: tuple[str, ...] = ()
    """Needed, but not from the identity's own policies."""


_ROLES = _Way(
    raises=("iam:AttachRolePolicy", "iam:PutRolePolicy"),
    becomes=("iam:CreateRole", "iam:UpdateAssumeRolePolicy"),
    unless_denied=("sts:AssumeRole",),
)
"""A trust policy that names the actor is enough, where boundary and guardrails leave AssumeRole.

https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html
https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
"""
_USERS = _Way(
    raises=("iam:AttachUserPolicy", "iam:PutUserPolicy"),
    becomes=("iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:UpdateLoginProfile"),
)


def ruling(breadth: Breadth, limits: Limits) -> Ruling:
    """Return what is left of an administrator's rights; nothing for whoever is none.

    An administrator is whoever (1) is meant to be one: its policies together allow, on every
    resource, to raise users and roles and to act as either; and (2) has a way left after Deny,
    boundary and guardrails: it can raise a role or a user and act as that, which has none of the
    limits of its own; or it can raise itself, where the limits leave most of all actions, for
    raising oneself lifts no limit. That needs no right to data: who may write policies gives
    itself every other right. So AdministratorAccess and IAMFullAccess make administrators and
    PowerUserAccess, which leaves IAM out, does not; a guardrail against access keys, or against
    one service, makes nobody harmless, one against all of IAM does. Who has but one of the ways
    by its policies escalates, and has steps that can be told: that is the graph's.

    Where conditions decide any of it, the rights are conditional.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html
    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
    https://docs.aws.amazon.com/aws-managed-policy/latest/reference/PowerUserAccess.html
    """
    if not makes_administrator(breadth):
        return Ruling()
    wanted = breadth.at_most & rights_of_administrators()
    certain = wanted & breadth.everywhere & limits.certain
    if _is_meant(breadth.everywhere) and _has_way(certain, limits.certain, limits.at_most):
        return Ruling(granted=certain)
    possible = wanted & limits.at_most
    if _has_way(possible, limits.at_most, limits.at_most):
        return Ruling(conditional=possible)
    needed = wanted | _bits(_ROLES.unless_denied)
    return Ruling(blocked=needed & ~limits.at_most or needed)


def is_administrator(policies: PolicySet) -> bool:
    """Tell whether the policies make an administrator, whatever the circumstances."""
    breadth = breadth_together(policies)
    return makes_administrator(breadth) and bool(ruling(breadth, limits_of(policies)).granted)


def makes_administrator(breadth: Breadth) -> bool:
    """Tell whether rights so broad are meant to make an administrator, conditions taken as met."""
    return _is_meant(breadth.at_most)


def breadth_together(policies: PolicySet) -> Breadth:
    """Return what the identity's policies allow on every resource, all of them together."""
    breadths = [breadth_of(policy, policies.account_id) for policy in policies.identity]
    return Breadth(
        union(each.everywhere for each in breadths), union(each.at_most for each in breadths)
    )


@cache
def rights_of_administrators() -> int:
    """Return the actions that make an administrator, as a bitset."""
    return union(_bits(row) for way in (_ROLES, _USERS) for row in (way.raises, way.becomes))


def _is_meant(bits: int) -> bool:
    return all(bits & _bits(row) for way in (_ROLES, _USERS) for row in (way.raises, way.becomes))


def _has_way(rights: int, left: int, left_at_most: int) -> bool:
    """Tell whether the rights are a way to everything, given what the limits leave of others."""
    for way in (_ROLES, _USERS):
        is_denied = _bits(way.unless_denied) & ~left
        if rights & _bits(way.raises) and rights & _bits(way.becomes) and not is_denied:
            return True
    raises_itself = rights & _bits(_ROLES.raises) and rights & _bits(_USERS.raises)
    return bool(raises_itself) and 2 * left_at_most.bit_count() > _count_of_all()


@cache
def _bits(actions: tuple[str, ...]) -> int:
    return action_index().expand_all(actions)


@cache
def _count_of_all() -> int:
    return action_index().everything.bit_count()
