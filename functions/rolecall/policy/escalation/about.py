"""What a policy says of one action: which of its statements, and whether they ask who asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolecall.policy.wildcards import any_of, is_literal

if TYPE_CHECKING:
    from rolecall.policy.documents import Policy
    from rolecall.policy.statements import Statement

_PERSONAL = ("aws:principal", "aws:username", "aws:userid")


@dataclass(frozen=True, slots=True)
class About:
    """The statements of a policy that are about an action, and whose answers differ."""

    action: str
    statements: tuple[Statement, ...]
    is_open: bool
    """Whether there are conditions or variables."""
    is_personal: bool
    """Whether they speak of who asks."""


_NOTHING = About("", (), is_open=False, is_personal=False)


def about_action(policy: Policy, action: str) -> About:
    """Return what a policy says of an action; it is found out once."""
    found: About | None = policy.remembered.get(("about", action))
    if found is None:
        found = policy.remembered["about", action] = _read(policy, action)
    return found


def _read(policy: Policy, action: str) -> About:
    services = _services_of(policy)
    if services is not None and action.partition(":")[0] not in services:
        return _NOTHING
    statements = tuple([each for each in policy.statements if is_about(each, action)])
    return About(
        action,
        statements,
        is_open=any(each.conditions or each.has_variables for each in statements),
        is_personal=any(map(_is_personal, statements)),
    )


def _services_of(policy: Policy) -> frozenset[str] | None:
    """Return the services whose actions a policy names; None for one that may speak of any."""
    if "services" not in policy.remembered:
        named = [pattern.partition(":")[0] for s in policy.statements for pattern in s.actions]
        is_open = any(each.not_actions for each in policy.statements)
        is_known = not is_open and all(map(is_literal, named))
        policy.remembered["services"] = frozenset(named) if is_known else None
    found: frozenset[str] | None = policy.remembered["services"]
    return found


def has_conditions(policy: Policy, action: str) -> bool:
    """Tell whether conditions or variables decide what a policy says of an action."""
    return about_action(policy, action.lower()).is_open


def is_about(statement: Statement, action: str) -> bool:
    """Tell whether a statement is about an action, given in lower case."""
    if statement.actions:
        return any_of(statement.actions)(action)
    return not any_of(statement.not_actions)(action)


def is_personal(policy: Policy) -> bool:
    """Tell whether what a policy says depends on which principal has it; it is found out once."""
    if "personal" not in policy.remembered:
        policy.remembered["personal"] = any(map(_is_personal, policy.statements))
    found: bool = policy.remembered["personal"]
    return found


def _is_personal(statement: Statement) -> bool:
    return statement.has_variables or any(
        condition.has_variables or condition.folded_key.startswith(_PERSONAL)
        for condition in statement.conditions
    )
