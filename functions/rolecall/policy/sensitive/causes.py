"""Why a right on every resource is there or not: statements, conditions, and what stops it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolecall.policy.action_index import action_index
from rolecall.policy.sensitive.breadth import (
    breadth_of,
    denied_by,
    of_statement,
    own_policies,
    resource_policies,
    union,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolecall.policy.documents import Policy
    from rolecall.policy.policy_set import PolicySet
    from rolecall.policy.statements import Statement


def statements_for(policy: Policy, actions: int, account_id: str) -> list[Statement]:
    """Return the statements that allow any of the actions on every resource."""
    if not breadth_of(policy, account_id).at_most & actions:
        return []
    return [
        statement
        for statement in policy.statements
        if statement.allows and of_statement(statement, account_id) & actions
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
    for number, level in enumerate(policies.scps or (), start=1):
        found += _named("service control policy", level, actions, policies)
        if not level:
            found.append(f"level {number} of the organization, which has no service control policy")
    for policy in resource_policies(policies):
        if _denies(policy, actions, policies):
            found.append(f"resource control policy {policy.name}".rstrip())
    return list(dict.fromkeys(found))


def open_conditions(policies: PolicySet, actions: int) -> list[str]:
    """Return the conditions, in words, on which any of the actions depends."""
    index = action_index()
    statements = (s for policy in own_policies(policies) for s in policy.statements if s.conditions)
    found = [
        f"{'' if statement.allows else 'not '}{condition}"
        for statement in statements
        if index.selected_by(statement) & actions
        and (statement.allows or of_statement(statement, policies.account_id) & actions)
        for condition in statement.conditions
    ]
    return list(dict.fromkeys(found))


def _denies(policy: Policy, actions: int, policies: PolicySet) -> bool:
    return bool(denied_by(policy, policies.account_id).everywhere & actions)


def _stops(level: tuple[Policy, ...], actions: int, policies: PolicySet) -> bool:
    left = union(breadth_of(policy, policies.account_id).at_most for policy in level)
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
