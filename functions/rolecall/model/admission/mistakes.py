"""Conditions of trust policies that do not do what they look like, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolecall.model.admission.networks import Reach, reach_of
from rolecall.model.admission.terms import holds_without
from rolecall.model.trust import TrustedParty
from rolecall.policy import Condition
from rolecall.policy.wildcards import is_everything

_ABOUT_CALLER = frozenset(
    {
        "aws:multifactorauthpresent",
        "aws:principalaccount",
        "aws:principalarn",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:sourceaccount",
        "aws:sourcearn",
        "aws:sourceip",
        "aws:sourcevpc",
        "aws:sourcevpce",
        "sts:externalid",
    }
)
_ALWAYS_SENT = frozenset({"aws:principalaccount", "aws:principalarn"})
"""Keys that every request of an AWS principal carries: leaving them out is no way around."""
_LITERAL = frozenset({"StringEquals", "StringEqualsIgnoreCase"})


@dataclass(frozen=True, slots=True)
class Mistake:
    """A condition that does not do what it looks like."""

    condition: Condition
    problem: str
    lets_in: bool
    """Whether it lets in whom it seems to keep out, rather than keeping everybody out."""


def mistakes_of(party: TrustedParty, account_id: str) -> Iterator[Mistake]:
    """Yield what is wrong with the conditions of a statement, each condition once."""
    kept = {each.folded_key for each in party.conditions if not holds_without(each)}
    for condition in party.conditions:
        if condition.folded_key == "aws:resourceaccount" and not condition.has_variables:
            yield _of_resource_account(condition, account_id)
        elif condition.folded_key in _ABOUT_CALLER:
            problem = _why_it_lets_in(condition, is_kept=condition.folded_key in kept)
            if problem:
                yield Mistake(condition, problem, lets_in=True)
            elif _is_taken_literally(condition):
                yield Mistake(condition, "takes the wildcard literally: nobody fits", lets_in=False)


def _of_resource_account(condition: Condition, account_id: str) -> Mistake:
    if any(is_everything(value) or value == account_id for value in condition.values):
        problem = "speaks of the role's own account, not of the caller's: it always holds"
        return Mistake(condition, problem, lets_in=True)
    problem = "speaks of the role's own account, which is another one: it never holds"
    return Mistake(condition, problem, lets_in=False)


def _why_it_lets_in(condition: Condition, *, is_kept: bool) -> str:
    """Say why a condition does not demand what it asks for; empty where it does."""
    is_negated = "Not" in condition.operator or condition.operator == "Null"
    if is_negated or _demands_false(condition):
        return ""
    if any(map(is_everything, condition.values)) and condition.operator not in _LITERAL:
        return "matches every value"
    if condition.folded_key == "aws:sourceip" and reach_of(condition.values) is Reach.EVERYWHERE:
        return "matches every address"
    if is_kept or condition.folded_key in _ALWAYS_SENT or not holds_without(condition):
        return ""
    how = "ForAllValues" if condition.quantifier == "ForAllValues" else "IfExists"
    return f"holds for requests that do not carry the key at all, because of {how}"


def _demands_false(condition: Condition) -> bool:
    return condition.operator == "Bool" and condition.values == ("false",)


def _is_taken_literally(condition: Condition) -> bool:
    return condition.operator in _LITERAL and any(
        set(value) & set("*?") for value in condition.values
    )
