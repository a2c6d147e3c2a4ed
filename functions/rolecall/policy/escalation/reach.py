"""Which of many resources the policies of a principal let it use an action on, as bit sets.

One bit stands for one resource of a `Domain`. Every policy is read once for all resources, so
that asking for a thousand resources costs hardly more than asking for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rolecall.policy.context import Context
from rolecall.policy.matching import Matcher
from rolecall.policy.overlap import is_apart, is_within
from rolecall.policy.requests import Request, caller_of, full_context
from rolecall.policy.statements import Statement
from rolecall.policy.variables import resolve
from rolecall.policy.wildcards import any_of, is_everything

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rolecall.policy.context import ContextValue
    from rolecall.policy.documents import Policy
    from rolecall.policy.policy_set import PolicySet

_VARIABLE = re.compile(r"\$\{\s*([^{},]*[^{},\s])")
_PERSONAL = ("aws:principal", "aws:username", "aws:userid")
_UNKNOWN = object()
_ABOUT_RESOURCE = ("aws:resourcetag/", "iam:resourcetag/", "iam:permissionsboundary")


@dataclass(frozen=True, slots=True)
class Reach:
    """The resources on which an action is allowed: for certain, and at all."""

    granted: int = 0
    possible: int = 0


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and what is known of its requests besides the resource.

    `facts` are the same for all who ask for this, `own` belong to the asker, such as its tags.
    """

    arn: str
    account_id: str
    facts: tuple[tuple[str, ContextValue], ...] = ()
    own: Mapping[str, ContextValue] = field(default_factory=dict)

    @property
    def names(self) -> Mapping[str, ContextValue]:
        """Return what AWS tells of the asker in every request."""
        caller = caller_of(self.arn)
        name = caller.name if caller.kind == "user" else None
        return {"aws:username": name, "aws:principalaccount": self.account_id}


@dataclass(frozen=True, slots=True, eq=False)
class Domain:
    """Resources that one account has, each with the context keys that speak of it.

    `pattern` makes it one resource of the actor's choice among those that the pattern matches.
    """

    arns: tuple[str, ...]
    facts: tuple[Mapping[str, ContextValue], ...]
    pattern: str = ""
    remembered: dict[object, Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def everything(self) -> int:
        """Return the set of all resources."""
        return (1 << len(self.arns)) - 1

    def matching(self, patterns: tuple[str, ...]) -> int:
        """Return the set of the resources that match at least one of the patterns."""
        if any(map(is_everything, patterns)):
            return self.everything
        found: int | None = self.remembered.get(patterns)
        if found is None:
            is_named = any_of(patterns)
            found = sum(1 << i for i, arn in enumerate(self.arns) if is_named(arn))
            self.remembered[patterns] = found
        return found


def any_resource(pattern: str = "*") -> Domain:
    """Return one resource of the actor's choice.

    Every Allow that may be about such a resource reaches it, a Deny only when it is about all.
    """
    return Domain((pattern,), ({"iam:permissionsboundary": None},), pattern)


@dataclass(slots=True)
class _Layer:
    """What policies say of the resources: allowed and denied, for certain and at all."""

    allows: int = 0
    may_allow: int = 0
    denies: int = 0
    may_deny: int = 0

    def join(self, other: _Layer) -> None:
        self.allows |= other.allows
        self.may_allow |= other.may_allow
        self.denies |= other.denies
        self.may_deny |= other.may_deny


def reach(
    asker: Asker, policies: PolicySet, action: str, domain: Domain, *, by_trust: bool = False
) -> Reach:
    """Return the resources on which the asker may use the action.

    `by_trust`: another policy allows it, so that only denials and what limits everybody count.
    """
    action = action.lower()
    own = _layer(asker, policies.identity, action, domain)
    allowed, possible = own.allows, own.may_allow
    if by_trust:
        allowed = possible = domain.everything
    denied, may_be_denied = own.denies, own.may_deny
    limits = (policies.scps or ()) if by_trust else policies.limits
    for level in limits:
        limit = _layer(asker, level, action, domain)
        allowed &= limit.allows
        possible &= limit.may_allow
        denied |= limit.denies
        may_be_denied |= limit.may_deny
    return Reach(allowed & ~may_be_denied & ~denied, possible & ~denied)


def _layer(asker: Asker, policies: Iterable[Policy], action: str, domain: Domain) -> _Layer:
    result = _Layer()
    key = ("about", action)
    for policy in policies:
        about = policy.remembered.get(key)
        if about is None:
            about = policy.remembered[key] = _about(policy, action)
        if about.statements:
            result.join(_of_policy(asker, policy, about, domain))
    return result


@dataclass(frozen=True, slots=True)
class _About:
    """The statements of a policy that are about an action, and whose answers differ."""

    action: str
    statements: tuple[Statement, ...]
    is_open: bool
    """Whether there are conditions or variables."""
    is_personal: bool
    """Whether they speak of who asks."""


def _about(policy: Policy, action: str) -> _About:
    statements = tuple([each for each in policy.statements if _has(each, action)])
    return _About(
        action,
        statements,
        is_open=any(each.conditions or each.has_variables for each in statements),
        is_personal=any(map(_is_personal, statements)),
    )


def _of_policy(asker: Asker, policy: Policy, about: _About, domain: Domain) -> _Layer:
    key: object = (policy, about.action)
    if about.is_open:
        who = asker.arn if about.is_personal else asker.account_id
        key = (policy, about.action, asker.facts, who)
    found: _Layer | None = domain.remembered.get(key)
    if found is None:
        found = _Layer()
        for statement in about.statements:
            _add(found, statement, _Question(asker, about.action, domain))
        domain.remembered[key] = found
    return found


def _has(statement: Statement, action: str) -> bool:
    if statement.actions:
        return any_of(statement.actions)(action)
    return not any_of(statement.not_actions)(action)


def _is_personal(statement: Statement) -> bool:
    return statement.has_variables or any(
        condition.has_variables or condition.folded_key.startswith(_PERSONAL)
        for condition in statement.conditions
    )


@dataclass(frozen=True, slots=True)
class _Question:
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


@lru_cache(maxsize=1 << 12)
def _keys(statement: Statement) -> frozenset[str]:
    """Return the condition keys that a statement asks for, in lower case."""
    texts = [*statement.resources, *statement.not_resources]
    texts += [value for condition in statement.conditions for value in condition.values]
    variables = {name.lower() for text in texts for name in _VARIABLE.findall(text)}
    return frozenset({condition.folded_key for condition in statement.conditions} | variables)


def _add(layer: _Layer, statement: Statement, question: _Question) -> None:
    certain, possible = _holds(statement, question)
    if statement.allows:
        layer.allows |= certain
        layer.may_allow |= possible
    else:
        layer.denies |= certain
        layer.may_deny |= possible


def _holds(statement: Statement, question: _Question) -> tuple[int, int]:
    """Return the resources for which the statement takes effect for certain, and at all."""
    domain = question.domain
    if domain.pattern:
        return _holds_somewhere(statement, question)
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


def _spelled_out(statement: Statement, question: _Question) -> Statement | None:
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


def _one_by_one(statement: Statement, question: _Question, named: int) -> tuple[int, int]:
    certain = possible = 0
    for i in bits_of(named):
        match = question.matcher(i, statement).match(statement)
        if match is not None:
            possible |= 1 << i
            certain |= (1 << i) if match.is_settled else 0
    return certain, possible


def _by_facts(statement: Statement, question: _Question, named: int) -> tuple[int, int]:
    """Ask once of all resources of which the same is known, such as the same tags."""
    keys = sorted(_keys(statement))
    alike: dict[tuple[object, ...], int] = {}
    for i in bits_of(named):
        facts = question.domain.facts[i]
        known = tuple([facts.get(key, _UNKNOWN) for key in keys])
        alike[known] = alike.get(known, 0) | 1 << i
    certain = possible = 0
    for resources in alike.values():
        found = _all_alike(statement, question, resources)
        certain, possible = certain | found[0], possible | found[1]
    return certain, possible


def _all_alike(statement: Statement, question: _Question, named: int) -> tuple[int, int]:
    """Ask of one resource where the conditions do not speak of resources."""
    first = (named & -named).bit_length() - 1
    context = question.matcher(first, statement).context
    answers = [condition.test(context) for condition in statement.conditions]
    if False in answers:
        return 0, 0
    return (0, named) if None in answers else (named, named)


def _holds_somewhere(statement: Statement, question: _Question) -> tuple[int, int]:
    """Ask of a resource that the actor may choose."""
    chosen = Statement(0, "Allow", resources=(question.domain.pattern,))
    if statement.allows:
        applies = question.domain.pattern == "*" or not is_apart(statement, chosen)
    else:
        applies = is_within(chosen, statement)
    if not applies:
        return 0, 0
    return _all_alike(statement, question, 1) if statement.conditions else (1, 1)


def bits_of(bits: int) -> Iterator[int]:
    """Yield the positions of a set, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def open_conditions(asker: Asker, policies: PolicySet, action: str) -> list[str]:
    """Return, in words, the conditions that decide whether the asker may use the action."""
    action = action.lower()
    question = _Question(asker, action, any_resource())
    return [
        str(condition)
        for level in (policies.identity, *policies.limits)
        for policy in level
        for statement in policy.statements
        if _has(statement, action)
        for condition in statement.conditions
        if condition.test(question.matcher(0, statement).context) is None
    ]
