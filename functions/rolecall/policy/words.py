"""Decisions in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rolecall.policy.decisions import Decision, Layer, Outcome, Remaining, Source

if TYPE_CHECKING:
    from collections.abc import Mapping

_KINDS: Mapping[Layer, str] = {
    "identity": "identity-based policy",
    "boundary": "permissions boundary",
    "session": "session policy",
    "resource": "policy of the resource",
    "scp": "service control policy",
    "rcp": "resource control policy",
    "endpoint": "policy of the VPC endpoint",
}


def sentences(decision: Decision) -> list[str]:
    """Tell which statements decided, what is missing, or on what it depends."""
    if decision.outcome is Outcome.EXPLICITLY_DENIED:
        return [f"Denied by {_name(source)}." for source in decision.decided_by]
    if decision.outcome is Outcome.IMPLICITLY_DENIED:
        return [f"Not allowed by any {_KINDS[layer]}." for layer in decision.blocked_by]
    allowed = [f"Allowed by {_name(source)}." for source in decision.decided_by]
    return allowed + [_condition(rest) for rest in decision.remaining]


def _condition(rest: Remaining) -> str:
    source = rest.source
    if source.statement is None:
        return f"Depends on the {_KINDS[source.layer]}, which is not known."
    effect = "Allowed" if source.statement.allows else "Denied"
    conditions = [str(condition) for condition in rest.conditions]
    conditions += [f"the resource is {pattern}" for pattern in rest.resources]
    return f"{effect} by {_name(source)} if {' and '.join(conditions)}."


def _name(source: Source) -> str:
    kind = _KINDS[source.layer]
    policy = f"the {kind} {source.policy}" if source.policy else f"the {kind}"
    return f"{source.statement.label} of {policy}" if source.statement else source.policy
