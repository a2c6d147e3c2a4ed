"""For which of many resources a statement takes effect: for certain, and at all."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rolecall.policy.bitsets import bits_of
from rolecall.policy.context import Context
from rolecall.policy.matching import Matcher
from rolecall.policy.requests import Request, caller_of, full_context
from rolecall.policy.variables import resolve

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolecall.policy.escalation.domain import Asker, Domain
    from rolecall.policy.statements import Statement

_VARIABLE = re.compile(r"\$\{\s*([^{},]*[^{},\s])")
_UNKNOWN = object()
_ABOUT_RESOURCE = ("aws:resourcetag/", "iam:resourcetag/", "iam:permissionsboundary")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a statement, for all resources of a domain."""

    asker: Asker
    action: str
    domain: Domain

    def matcher(self, i: int, statement: Statement) -> Matcher:
        """Return the request about one resource in the form that the statement understands."""
        asker, arn = self.asker, self.domain.arns[i]
        known = (asker.own, dict(asker.facts), self.domain.facts[i])
        facts = {key: source[key] for key in _keys(statement) for source in known if key in source}
        caller = caller_of(asker.arn)
        request = Request(asker.arn, self.action, arn, facts)
        return Matcher(caller, self.action, arn, full_context(request, caller, asker.account_id))


def _keys(statement: Statement) -> frozenset[str]:
    """Return the condition keys that a statement asks for, in lower case; found out once."""
    if "keys" not in statement.remembered:
        statement.remembered["keys"] = _keys_of(statement)
    found: frozenset[str] = statement.remembered["keys"]
    return found


def _keys_of(statement: Statement) -> frozenset[str]:
    texts = [*statement.resources, *statement.not_resources]
    texts += [value for condition in statement.conditions for value in condition.values]
    variables = {name.lower() for text in texts for name in _VARIABLE.findall(text)}
    return frozenset({condition.folded_key for condition in statement.conditions} | variables)


def holds(statement: Statement, question: Question) -> tuple[int, int]:
    """Return the resources for which the statement takes effect for certain, and at all."""
    domain = question.domain
    if statement.has_variables:
        spelled = _spelled_out(statement, question)
        if spelled is None:
            return _one_by_one(statement, question, domain.everything)
        statement = spelled
    named = _named(statement, domain)
    if not statement.conditions or not named:
        return named, named
    if any(each.folded_key.startswith(_ABOUT_RESOURCE) for each in statement.conditions):
        return _by_facts(statement, question, named)
    return _all_alike(statement, question, named)


def _spelled_out(statement: Statement, question: Question) -> Statement | None:
    """Put what is known of the asker in the place of variables; None where that is not enough."""
    context = Context.of({**question.asker.own, **question.asker.names})
    patterns = statement.resources or statement.not_resources
    resolved = tuple([text for each in patterns if (text := resolve(each, context)) is not None])
    if len(resolved) < len(patterns):
        return None
    if statement.resources:
        return replace(statement, resources=resolved, has_variables=False)
    return replace(statement, not_resources=resolved, has_variables=False)


def _named(statement: Statement, domain: Domain) -> int:
    if statement.resources:
        return domain.matching(statement.resources)
    if statement.not_resources:
        return domain.everything & ~domain.matching(statement.not_resources)
    return domain.everything


def _one_by_one(statement: Statement, question: Question, named: int) -> tuple[int, int]:
    certain = possible = 0
    for i in bits_of(named):
        match = question.matcher(i, statement).match(statement)
        if match is not None:
            possible |= 1 << i
            certain |= (1 << i) if match.is_settled else 0
    return certain, possible


def _by_facts(statement: Statement, question: Question, named: int) -> tuple[int, int]:
    """Ask once of all resources of which the same is known, such as the same tags."""
    certain = possible = 0
    for resources in _alike(question.domain, tuple(sorted(_keys(statement)))):
        if resources & named:
            found = _all_alike(statement, question, resources & named)
            certain, possible = certain | found[0], possible | found[1]
    return certain, possible


def _alike(domain: Domain, keys: tuple[str, ...]) -> Iterable[int]:
    """Return sets of resources of each of which the same is known under the keys."""
    if ("alike", keys) not in domain.remembered:
        alike: dict[tuple[object, ...], int] = {}
        for i, facts in enumerate(domain.facts):
            known = tuple([facts.get(key, _UNKNOWN) for key in keys])
            alike[known] = alike.get(known, 0) | 1 << i
        domain.remembered["alike", keys] = tuple(alike.values())
    found: Iterable[int] = domain.remembered["alike", keys]
    return found


def _all_alike(statement: Statement, question: Question, named: int) -> tuple[int, int]:
    """Ask of one resource where the conditions do not speak of resources."""
    first = (named & -named).bit_length() - 1
    context = question.matcher(first, statement).context
    answers = [condition.test(context) for condition in statement.conditions]
    if False in answers:
        return 0, 0
    return (0, named) if None in answers else (named, named)
