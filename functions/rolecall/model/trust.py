"""Whom a trust policy lets in, and on what terms."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolecall.policy import Condition, Policy, Principal, Statement
from rolecall.policy.principals import ANYONE
from rolecall.policy.wildcards import matches

_ASSUMING = ("sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity")
_ACCOUNT_KEYS = ("aws:principalaccount", "aws:sourceaccount")


@dataclass(frozen=True, slots=True)
class TrustedParty:
    """A principal that an Allow statement of a trust policy names, with the terms it sets."""

    principal: Principal
    conditions: tuple[Condition, ...]
    label: str = ""
    """The statement's Sid or number."""
    all_but: tuple[Principal, ...] = ()
    """Those whom a `NotPrincipal` leaves out; then the principal is anyone."""

    @property
    def accounts(self) -> frozenset[str]:
        """The ids of the AWS accounts that get in; `*` for all, nothing for services and IdPs."""
        if self.principal.kind not in ("AWS", "*") or self.principal.is_unique_id:
            return frozenset()
        if not self.principal.is_anyone:
            return frozenset({self.principal.account_id})
        limits = (frozenset(self._required(key)) for key in _ACCOUNT_KEYS)
        return next((limit for limit in limits if limit), frozenset("*"))

    @property
    def needs_external_id(self) -> bool:
        """Whether the caller has to know an external id."""
        return bool(self._required("sts:externalid"))

    def is_limited_to_organization(self, organization_id: str) -> bool:
        """Tell whether only members of that organization get in."""
        return self._required("aws:principalorgid") == (organization_id,)

    def _required(self, key: str) -> tuple[str, ...]:
        """Return the exact values of which the caller must have one; nothing where it need not."""
        for condition in self.conditions:
            # Negated, optional and pattern operators let more in than they name.
            exact = condition.operator in ("StringEquals", "ArnEquals", "StringEqualsIgnoreCase")
            wild = any(mark in value for value in condition.values for mark in "*?$")
            if condition.folded_key == key and exact and not condition.if_exists and not wild:
                return condition.values if condition.quantifier != "ForAllValues" else ()
        return ()


def trusted_parties(trust: Policy) -> Iterator[TrustedParty]:
    """Yield everybody whom a trust policy lets assume the role; a Deny beside it is not weighed."""
    for statement in trust.statements:
        if not statement.allows or not lets_assume(statement):
            continue
        # Allow with NotPrincipal means everybody but those named.
        for principal in statement.principals or (ANYONE,):
            yield TrustedParty(
                principal, statement.conditions, statement.label, statement.not_principals
            )


def lets_assume(statement: Statement) -> bool:
    """Tell whether the statement is about becoming the role, in any of the three ways."""
    return any(is_about(statement, action) for action in _ASSUMING)


def is_about(statement: Statement, action: str) -> bool:
    """Tell whether the statement is about an action, given in lower case."""
    if statement.not_actions:
        return not _matches(statement.not_actions, action)
    return _matches(statement.actions, action)


def _matches(patterns: tuple[str, ...], action: str) -> bool:
    return any(matches(pattern, action) for pattern in patterns)
