"""Which tokens of an issuer a statement of a trust policy accepts."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rolecall.model.federation.issuer import Issuer
from rolecall.model.federation.issuers import issuer_of
from rolecall.model.federation.subjects import Subject, Width, is_open
from rolecall.policy import Condition
from rolecall.policy.context import Context

_READ_WILDCARDS = frozenset({"StringLike", "ArnLike", "ArnEquals"})
_AUDIENCES = ("aud", "oaud", "azp", "app_id")
"""Claims that name the application which the token is for: `app_id` at Facebook and Amazon."""
_VARIABLE = re.compile(r"\$\{[^*?$}][^}]*\}")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens that open a role, and what is asked of them."""

    issuer: Issuer
    provider: str
    """The provider's name: the issuer's address without `https://`."""
    subject: Subject
    """Whoever gets such a token."""
    limits: tuple[Condition, ...] = ()
    """The conditions that say who; empty where none does."""
    audiences: tuple[Condition, ...] = ()
    """The conditions that say for whom the token was made."""
    is_for_authenticated: bool = True
    """Whether it is refused to those who did not sign in, which only Cognito lets in at all."""

    @property
    def intended(self) -> Subject:
        """Who would get in if the wildcards meant what they look like."""
        as_patterns = [replace(each, operator="StringLike") for each in self.limits]
        return _narrowest(self.issuer, as_patterns)

    @property
    def demands_audience(self) -> bool:
        """Whether a token that was made for somebody else is refused."""
        return bool(self.audiences)


def provider_of(federated: str) -> str:
    """Return the name of an OIDC provider from its ARN; built-in ones have no ARN."""
    return federated.partition(":oidc-provider/")[2] or federated


def tokens_of(
    federated: str, conditions: Iterable[Condition], denies: Iterable[Condition] = ()
) -> Tokens:
    """Say which tokens a statement accepts.

    `denies` are the conditions of Deny statements that hold nothing else: where one denies all
    subjects but some, it limits like a condition of the statement itself.
    """
    provider = provider_of(federated)
    issuer = issuer_of(provider)
    own = [*conditions, *filter(None, map(demanded_by_deny, denies))]
    limits = [
        each
        for each in own
        if (claim_of(each, provider) == "sub" or claim_of(each, provider) in issuer.claims)
        and _demands(each, provider)
    ]
    audiences = [each for each in own if claim_of(each, provider) in _AUDIENCES]
    exact = [each for each in own if _demands(each, provider) and _is_exact(each)]
    return Tokens(
        issuer,
        provider,
        _narrowed(issuer, limits, exact, provider),
        tuple(limits),
        tuple(each for each in audiences if _demands(each, provider) and _says_something(each)),
        is_for_authenticated=_is_for_authenticated(own, provider),
    )


def claim_of(condition: Condition, provider: str) -> str:
    """Return the claim that the condition is about; empty when it is about something else.

    A key with a longer address than the provider's is read as meant for it: no token has it.
    """
    prefix, _, claim = condition.folded_key.rpartition(":")
    return claim if prefix.startswith(provider.lower().rstrip("/")) else ""


def _demands(condition: Condition, provider: str) -> bool:
    """Tell whether a token without the right value is refused; every token has the claim."""
    # No issuer writes this value, so that only what accepts any value accepts it.
    nonsense = Context({condition.folded_key: ("\x00",)})
    if condition.test(nonsense):
        return False
    is_weak = condition.quantifier == "ForAllValues" or condition.if_exists
    address = provider.lower().rstrip("/")
    always_there = condition.folded_key in (f"{address}:sub", f"{address}:aud")
    return condition.is_known and (always_there or not is_weak) and condition.operator != "Null"


def _says_something(condition: Condition) -> bool:
    return all(value.strip("*?") for value in condition.values)


def _narrowest(issuer: Issuer, limits: Iterable[Condition]) -> Subject:
    found = [_widest(issuer, each) for each in limits]
    return min(found, key=lambda each: each.width, default=Subject(issuer.width, issuer.anybody))


def _narrowed(
    issuer: Issuer, limits: list[Condition], exact: list[Condition], provider: str
) -> Subject:
    """Return the narrowest subject; one alone where a detail picks it out of the few that fit."""
    for condition in exact:
        claim = claim_of(condition, provider)
        beside = _narrowest(issuer, [each for each in limits if each != condition])
        if Width.NOBODY < beside.width <= issuer.details.get(claim, Width.NOBODY):
            values = " or ".join(condition.values)
            return Subject(Width.ONE, f"{beside.words}, with {claim} {values}")
    return _narrowest(issuer, limits)


def _is_exact(condition: Condition) -> bool:
    return not condition.has_variables and not any(map(is_open, condition.values))


def _widest(issuer: Issuer, condition: Condition) -> Subject:
    read = list(_subjects(issuer, condition))
    widest = max(each.width for each in read)
    words = dict.fromkeys(each.words for each in read if each.width == widest)
    return Subject(widest, " or ".join(words))


def _subjects(issuer: Issuer, condition: Condition) -> Iterator[Subject]:
    claim = condition.folded_key.rpartition(":")[2]
    for value in condition.values:
        if condition.operator not in _READ_WILDCARDS and set(value) & set("*?"):
            yield Subject(
                Width.NOBODY,
                f"nobody, because {condition.operator} takes {value} as it is written",
            )
        elif not value:
            yield Subject(Width.NOBODY, f"nobody, because no token has an empty {claim}")
        else:
            folds = condition.operator == "StringEqualsIgnoreCase"
            # Who makes a token may fill a variable: the tags of a session come with it.
            text = _VARIABLE.sub("*", value) if condition.has_variables else value
            yield issuer.subject(claim, text.lower() if folds else text)


def demanded_by_deny(condition: Condition) -> Condition | None:
    """Return what a Deny with this condition alone demands; None when it is no such thing."""
    if "Not" not in condition.operator:
        return None
    return replace(condition, operator=condition.operator.replace("Not", ""), if_exists=False)


def _is_for_authenticated(conditions: Iterable[Condition], provider: str) -> bool:
    """Tell whether guests are refused: Cognito's tokens say in `amr` whether somebody signed in."""
    if not provider.startswith("cognito-identity"):
        return True
    for condition in conditions:
        if claim_of(condition, provider) != "amr" or condition.quantifier == "ForAllValues":
            continue
        guest = Context({condition.folded_key: ("unauthenticated",)})
        if condition.test(guest) is False:
            return True
    return False
