"""Which statements are about a request: principal, action, resource and conditions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from rolecall.policy.named_principals import NamedPrincipals, role_of
from rolecall.policy.variables import LITERAL_WILDCARDS, resolve
from rolecall.policy.wildcards import any_of, is_literal, matches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolecall.policy.conditions import Condition
    from rolecall.policy.context import Context
    from rolecall.policy.principals import Principal
    from rolecall.policy.requests import Caller
    from rolecall.policy.statements import Statement


class Named(IntEnum):
    """How a resource-based policy names the caller, which tells what else must allow.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-single-account.html
    """

    NOT = 0
    BY_ACCOUNT = 1
    BY_ROLE = 2
    DIRECTLY = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A statement that is about the request; what is open of it, if anything is."""

    named: Named
    conditions: tuple[Condition, ...] = ()
    resources: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Say whether the statement takes effect for certain."""
        return not self.conditions and not self.resources


_FEW = 8
"""So many principals are asked one by one."""
_SETTLED = {named: Match(named) for named in Named}


@dataclass(frozen=True, slots=True)
class Matcher:
    """A request in the form in which statements are compared with it."""

    caller: Caller
    action: str
    resource: str
    context: Context
    has_boundary: bool = False
    is_cross_account: bool = False

    def match(self, statement: Statement) -> Match | None:
        """Return how the statement is about the request, or None when it is not."""
        if not self._has_action(statement):
            return None
        resources = self._open_resources(statement)
        if resources is None:
            return None
        named = self._named(statement) if statement.names_principals else Named.DIRECTLY
        if not named:
            return None
        conditions = self._open_conditions(statement) if statement.conditions else ()
        if conditions is None:
            return None
        return Match(named, conditions, resources) if conditions or resources else _SETTLED[named]

    def _has_action(self, statement: Statement) -> bool:
        if statement.actions:
            return any_of(statement.actions)(self.action)
        return not any_of(statement.not_actions)(self.action)

    def _open_resources(self, statement: Statement) -> tuple[str, ...] | None:
        """Return the patterns on whose unknown variables it depends, or None for no match."""
        if statement.has_variables:
            matched = self._resolved(statement)
            if matched is None:
                return statement.resources or statement.not_resources
        elif statement.resources:
            matched = any_of(statement.resources)(self.resource)
        else:
            excluded = statement.not_resources
            matched = not (excluded and any_of(excluded)(self.resource))
        return () if matched else None

    def _open_conditions(self, statement: Statement) -> tuple[Condition, ...] | None:
        """Return the conditions that the context leaves open, or None when one fails."""
        remaining: list[Condition] = []
        for condition in statement.conditions:
            holds = condition.test(self.context)
            if holds is None:
                remaining.append(condition)
            elif not holds:
                return None
        return tuple(remaining)

    def _resolved(self, statement: Statement) -> bool | None:
        """Match resource patterns with variables; None when an unknown variable decides."""
        patterns = statement.resources or statement.not_resources
        text = self.resource.translate(LITERAL_WILDCARDS)
        for unknown_as, answer in ((None, bool(statement.resources)), ("*", None)):
            resolved = [resolve(pattern, self.context, unknown_as) for pattern in patterns]
            if any(pattern is not None and matches(pattern, text) for pattern in resolved):
                return answer
        return not statement.resources

    def _named(self, statement: Statement) -> Named:
        if statement.principals:
            return self._strongest(statement, statement.principals)
        if self.has_boundary and not statement.allows:
            # AWS: NotPrincipal with Deny always denies a principal that has a boundary.
            return Named.DIRECTLY
        is_excepted = self._strongest(statement, statement.not_principals)
        return Named.NOT if is_excepted else Named.DIRECTLY

    def _strongest(self, statement: Statement, principals: Sequence[Principal]) -> Named:
        if len(principals) > _FEW:
            if "named" not in statement.remembered:
                statement.remembered["named"] = NamedPrincipals.of(principals)
            principals = statement.remembered["named"].about(self.caller)
        return max((self._names(principal) for principal in principals), default=Named.NOT)

    def _names(self, principal: Principal) -> Named:
        caller, value = self.caller, principal.value
        named = Named.NOT
        if principal.is_anyone:
            named = Named.DIRECTLY
        elif value == caller.principal:
            named = Named.BY_ROLE if caller.kind == "role" else Named.DIRECTLY
        elif principal.kind != "AWS" or not caller.account_id:
            named = Named.NOT
        elif value == caller.account_id:
            named = Named.BY_ACCOUNT
        elif principal.is_unique_id:
            named = self._names_id(value)
        elif caller.kind == "assumed-role" and role_of(value) == (caller.account_id, caller.name):
            named = Named.BY_ROLE
        elif not is_literal(value):
            named = self._names_pattern(value)
        return named

    def _names_id(self, unique_id: str) -> Named:
        """Compare with `aws:userid`, which is `<role id>:<session>` for a role session."""
        user_id = (self.context.get("aws:userid") or ("",))[0]
        if user_id.partition(":")[0] != unique_id:
            return Named.NOT
        return Named.BY_ROLE if self.caller.kind in ("role", "assumed-role") else Named.DIRECTLY

    def _names_pattern(self, pattern: str) -> Named:
        """Match a wildcard: AWS refuses new ones, and of an old one the wider reading is safe."""
        if matches(pattern, self.caller.principal):
            return Named.DIRECTLY
        partition = self.caller.principal.split(":", 2)[1]
        root = f"arn:{partition}:iam::{self.caller.account_id}:root"
        return Named.BY_ACCOUNT if matches(pattern, root) else Named.NOT
