"""What a policy allows on every resource: for certain, and when conditions hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rolecall.policy.action_index import action_index
from rolecall.policy.documents import Policy
from rolecall.policy.rights import Rights, rights_of_one

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

    A Deny of some resources leaves the rest. Of the policies on resources those that deny without
    conditions count: the others keep strangers out, and the principal is none.
    """
    index = action_index()
    certain = at_most = index.everything
    for level in policies.limits:
        breadths = [breadth_of(policy, policies.account_id) for policy in level]
        certain &= _union(each.everywhere for each in breadths)
        at_most &= _union(each.at_most for each in breadths)
    for policy in _own(policies):
        rights = rights_of_one(policy, index, policies.account_id)
        certain &= ~(rights.never | rights.not_always)
        at_most &= ~rights.never
    for policy in _of_resources(policies):
        never = rights_of_one(policy, index, policies.account_id).never
        certain &= ~never
        at_most &= ~never
    return Limits(certain, at_most)


def statements_for(policy: Policy, actions: int, account_id: str) -> list[Statement]:
    """Return the statements that allow any of the actions on every resource."""
    return [
        statement
        for statement in policy.statements
        if statement.allows and _of_statement(statement, account_id) & actions
    ]


def blockers(policies: PolicySet, actions: int) -> list[str]:
    """Name what takes away any of the actions, whatever the circumstances."""
    found = [
        f"a Deny in {_name(policy)}"
        for policy in policies.identity
        if _denies(policy, actions, policies)
    ]
    if policies.boundary and _stops((policies.boundary,), actions, policies):
        found.append(f"permissions boundary {policies.boundary.name}".rstrip())
    for level in policies.scps or ():
        found += _named("service control policy", level, actions, policies)
    for policy in _of_resources(policies):
        if _denies(policy, actions, policies):
            found.append(f"resource control policy {policy.name}".rstrip())
    return list(dict.fromkeys(found))


def open_conditions(policies: PolicySet, actions: int) -> list[str]:
    """Return the conditions, in words, on which any of the actions depends."""
    index = action_index()
    found = [
        f"{'not ' if not statement.allows else ''}{condition}"
        for policy in _own(policies)
        for statement in policy.statements
        for condition in statement.conditions
        if index.select(statement.actions, statement.not_actions) & actions
        and (statement.allows or _of_statement(statement, policies.account_id) & actions)
    ]
    return list(dict.fromkeys(found))


def _breadth(policy: Policy, account_id: str) -> Breadth:
    everywhere = rights_of_one(policy, action_index(), account_id).everywhere
    conditional = [each for each in policy.statements if each.allows and each.conditions]
    return Breadth(
        everywhere, everywhere | _union(_of_statement(s, account_id) for s in conditional)
    )


def _of_statement(statement: Statement, account_id: str) -> int:
    """Return the actions of which the statement has every resource, conditions taken as met."""
    index = action_index()
    if "*" in statement.resources:
        actions = index.select(statement.actions, statement.not_actions)
    else:
        alone = Policy("", (replace(statement, conditions=(), effect="Allow"),))
        actions = rights_of_one(alone, index, account_id).everywhere
    for condition in statement.conditions if statement.allows else ():
        actions &= _with_key(condition)
    return actions


def _with_key(condition: Condition) -> int:
    """Return the actions whose requests may carry the key, where the condition asks for it.

    kms:ViaService is in no request to IAM: a condition that demands it lets none of them through.
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
    if is_met_without or service not in index.by_service or name in _OF_EVERY_SERVICE:
        return index.everything
    return index.expand(f"{service}*")


def _own(policies: PolicySet) -> Iterator[Policy]:
    yield from policies.identity
    for level in policies.limits:
        yield from level


def _of_resources(policies: PolicySet) -> Iterator[Policy]:
    for level in policies.rcps or ():
        yield from level


def _denies(policy: Policy, actions: int, policies: PolicySet) -> bool:
    rights: Rights = rights_of_one(policy, action_index(), policies.account_id)
    return bool(rights.never & actions)


def _stops(level: tuple[Policy, ...], actions: int, policies: PolicySet) -> bool:
    left = _union(breadth_of(policy, policies.account_id).at_most for policy in level)
    return bool(actions & ~left) or any(_denies(policy, actions, policies) for policy in level)


def _named(
    kind: str, level: tuple[Policy, ...], actions: int, policies: PolicySet
) -> Iterator[str]:
    """Name the policies of a level that deny, all of them where none allows."""
    denying = [policy for policy in level if _denies(policy, actions, policies)]
    if denying or _stops(level, actions, policies):
        yield from (f"{kind} {policy.name}".rstrip() for policy in denying or level)


def _name(policy: Policy) -> str:
    return f"policy {policy.name}".rstrip()


def _union(sets: Iterable[int]) -> int:
    result = 0
    for bits in sets:
        result |= bits
    return result
