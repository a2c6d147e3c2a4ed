"""What a policy allows on every resource: for certain, and when conditions hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rolecall.policy.action_index import action_index
from rolecall.policy.documents import Policy
from rolecall.policy.rights import rights_of_one, whole_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rolecall.policy.conditions import Condition
    from rolecall.policy.policy_set import PolicySet
    from rolecall.policy.statements import Statement


_OF_EVERY_SERVICE = frozenset(
    {
        "credentialissuingservice",
        "externalid",
        "identitysource",
        "roleassumedby",
        "roledelivery",
        "rolesessionname",
        "sourcefunctionarn",
        "sourceidentity",
        "sourceinstancearn",
        "userid",
    }
)
"""Keys with the prefix of one service that tell of the caller, and so are in requests to all.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""
_TAGS_OF_RESOURCES = ("resourcetag/", "existingobjecttag/")
"""Keys of the global prefix, and of services' own, that tell the tags of what is asked for.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html
"""


@dataclass(frozen=True, slots=True)
class Breadth:
    """Actions as bitsets; each set is wider than the one before, or as wide."""

    everywhere: int
    """Allowed on every resource, whatever the circumstances."""
    at_most: int
    """Allowed on every resource, conditions taken as met."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What boundary, guardrails and Denies leave of any right on every resource."""

    certain: int
    """Left whatever the circumstances."""
    at_most: int
    """Left when conditions hold."""


def breadth_of(policy: Policy, account_id: str) -> Breadth:
    """Return what a policy allows on every resource; it is found out once.

    An action that takes no resource is about every one, as it is to AWS.
    """
    key = ("breadth", account_id)
    if key not in policy.remembered:
        policy.remembered[key] = _breadth(policy, account_id)
    found: Breadth = policy.remembered[key]
    return found


def narrow_breadth_of(policy: Policy, account_id: str) -> Breadth:
    """Return what a policy allows on any resource at all, as if it were every one."""
    rights = rights_of_one(policy, action_index(), account_id)
    return Breadth(rights.somewhere, rights.possible)


def limits_of(policies: PolicySet) -> Limits:
    """Return what is left of what the identity's policies allow.

    A Deny of some resources leaves the rest; a Deny of all but some leaves no right to every one.
    Of the policies on resources those that deny without conditions count: the others keep
    strangers out, and the principal is none.
    """
    index = action_index()
    certain = at_most = index.everything
    for level in policies.limits:
        breadths = [breadth_of(policy, policies.account_id) for policy in level]
        certain &= union(each.everywhere for each in breadths)
        at_most &= union(each.at_most for each in breadths)
    for policy in own_policies(policies):
        denied = denied_by(policy, policies.account_id)
        certain &= ~denied.at_most
        at_most &= ~denied.everywhere
    for policy in resource_policies(policies):
        never = denied_by(policy, policies.account_id).everywhere
        certain &= ~never
        at_most &= ~never
    return Limits(certain, at_most)


def denied_by(policy: Policy, account_id: str) -> Breadth:
    """Return what a policy denies on every resource, or on all but some; it is found out once."""
    key = ("denied", account_id)
    if key not in policy.remembered:
        rights = rights_of_one(policy, action_index(), account_id)
        never, not_always = rights.never, rights.not_always
        for statement in (each for each in policy.statements if not each.allows):
            most = of_statement(statement, account_id)
            if statement.not_resources:
                alone = Policy("", (replace(statement, conditions=()),))
                most = rights_of_one(alone, action_index(), account_id).actions
            never |= 0 if statement.conditions else most
            not_always |= most
        policy.remembered[key] = Breadth(never, never | not_always)
    found: Breadth = policy.remembered[key]
    return found


def _breadth(policy: Policy, account_id: str) -> Breadth:
    everywhere = rights_of_one(policy, action_index(), account_id).everywhere
    conditional = [each for each in policy.statements if each.allows and each.conditions]
    return Breadth(everywhere, everywhere | union(of_statement(s, account_id) for s in conditional))


def of_statement(statement: Statement, account_id: str) -> int:
    """Return the actions of which the statement has every resource, conditions taken as met.

    It is found out once.
    """
    found: int | None = statement.remembered.get(("whole", account_id))
    if found is None:
        found = statement.remembered["whole", account_id] = _of_statement(statement, account_id)
    return found


def _of_statement(statement: Statement, account_id: str) -> int:
    index = action_index()
    actions = index.selected_by(statement)
    if "*" not in statement.resources:
        actions &= whole_of(statement, index, account_id)
    for condition in statement.conditions if statement.allows else ():
        actions &= _with_key(condition)
    return actions


def _with_key(condition: Condition) -> int:
    """Return the actions whose requests may carry the key, where the condition asks for it.

    kms:ViaService is in no request to IAM: a condition that demands it lets none of them through.
    A condition on the tags of the resource picks some resources, and no action has every one.
    Negated and optional conditions hold for requests without the key.
    """
    index = action_index()
    service, _, name = condition.folded_key.partition(":")
    is_met_without = (
        condition.if_exists
        or condition.quantifier == "ForAllValues"
        or "Not" in condition.operator
        or condition.operator == "Null"
    )
    if name.startswith(_TAGS_OF_RESOURCES):
        is_met_by_most = is_met_without and not _asks_for_presence(condition)
        return index.everything if is_met_by_most else 0
    if is_met_without or service not in index.by_service or name in _OF_EVERY_SERVICE:
        return index.everything
    return index.expand(f"{service}*")


def _asks_for_presence(condition: Condition) -> bool:
    return condition.operator == "Null" and "true" not in map(str.casefold, condition.values)


def own_policies(policies: PolicySet) -> Iterator[Policy]:
    """Yield what the principal brings along: its own policies and the limits on it."""
    yield from policies.identity
    for level in policies.limits:
        yield from level


def resource_policies(policies: PolicySet) -> Iterator[Policy]:
    """Yield the organization's policies on its resources, of all levels."""
    for level in policies.rcps or ():
        yield from level


def union(sets: Iterable[int]) -> int:
    """Return the union of bitsets."""
    result = 0
    for bits in sets:
        result |= bits
    return result
