"""Findings about a policy's rights on every resource, told in one way by every rule."""

from functools import lru_cache
from itertools import islice

from rolecall.model.account import Account
from rolecall.model.evidence import Evidence, Json
from rolecall.model.holdings.holding import Holding
from rolecall.model.holdings.standing import Standing, Verdict
from rolecall.model.principals import Group
from rolecall.model.severity import Severity
from rolecall.policy import action_index
from rolecall.policy.sensitive import heaviest
from rolecall.policy.sensitive.causes import blockers, open_conditions, statements_for

_NAMED = 12
"""How many actions or conditions a finding names; their number is always right."""
_HIGH, _MEDIUM = 8, 5
"""The weights of sensitive actions from which a finding is HIGH, and MEDIUM."""


def tell(
    account: Account,
    holding: Holding,
    found: Standing,
    severity: Severity,
    words: str,
    **data: Json,
) -> Evidence:
    """Return the finding that a holding may do what the words say, with its verdict.

    A condition lowers the severity by one; a policy that AWS wrote for the service that holds it,
    too. What is blocked is told as information: the day the guardrail goes, the right is live.
    """
    actions = found.live or found.blocked
    statements = statements_for(holding.policy, actions, account.id)
    may = "could" if found.verdict is Verdict.BLOCKED else "may"
    return Evidence(
        resource=holding.holder.resource,
        summary=f"{_holder(holding)} {may} {words} through {holding.held}{ending(found)}",
        principal=holding.principal,
        severity=weighed(severity, found.verdict, int(holding.is_made_for_service)),
        commands=(holding.take_away,),
        verdict=found.verdict.value,
        occasion=holding.occasion,
        data={
            "policies": [holding.occasion],
            "statements": [each.label for each in statements],
            "actions": named(actions),
            "action_count": actions.bit_count(),
            **holding.who(),
            **reasons(found),
            **data,
        },
    )


def weighed(severity: Severity, verdict: Verdict, mitigations: int = 0) -> Severity:
    """Return the severity of a right with that verdict."""
    if verdict is Verdict.BLOCKED:
        return Severity.INFORMATIONAL
    steps = mitigations + (verdict is Verdict.CONDITIONAL)
    return Severity(max(Severity.LOW, severity - steps))


def severity_of(actions: int) -> Severity:
    """Return the severity that sensitive actions have on every resource, by the heaviest."""
    weight = heaviest(actions)
    if weight >= _HIGH:
        return Severity.HIGH
    return Severity.MEDIUM if weight >= _MEDIUM else Severity.LOW


def ending(found: Standing) -> str:
    """Return the end of a sentence about a right: what decides, or what stops it."""
    if found.verdict is Verdict.CONDITIONAL:
        return " when conditions hold"
    if found.verdict is Verdict.BLOCKED:
        stops = " and ".join(blockers(found.example, found.blocked))
        return f", were it not for {stops or 'its other policies'}"
    return ""


def reasons(found: Standing) -> dict[str, Json]:
    """Return the conditions that decide, or what stops the right, as data."""
    if found.verdict is Verdict.CONDITIONAL:
        return {"conditions": open_conditions(found.example, found.conditional)[:_NAMED]}
    if found.verdict is Verdict.BLOCKED:
        return {"blocked_by": blockers(found.example, found.blocked)}
    return {}


def named(actions: int) -> list[str]:
    """Return the first names of a set of actions."""
    return list(_first_names(actions))


@lru_cache(maxsize=1 << 10)
def _first_names(actions: int) -> tuple[str, ...]:
    return tuple(islice(action_index().names_of(actions), _NAMED))


def _holder(holding: Holding) -> str:
    if not isinstance(holding.holder, Group):
        return str(holding.holder)
    count = len(holding.principals)
    return f"{holding.holder} ({count} member{'s' if count > 1 else ''})"
