"""Which of many resources the policies of a principal let it use an action on, as bit sets.

One bit stands for one resource of a `Domain`. Every policy is read once for all resources, so
that asking for a thousand resources costs hardly more than asking for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolecall.policy.escalation.about import About, about_action, has_conditions, is_personal
from rolecall.policy.escalation.domain import Asker, Domain, Reach, any_resource
from rolecall.policy.escalation.statements import Question, holds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolecall.policy.documents import Policy
    from rolecall.policy.policy_set import PolicySet
    from rolecall.policy.statements import Statement

__all__ = [
    "DENIED",
    "Asker",
    "Domain",
    "Reach",
    "any_resource",
    "has_conditions",
    "is_personal",
    "open_conditions",
    "reach",
]

DENIED = "denied where"
"""How the conditions of a Deny are told apart from those that have to hold."""


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
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles
    """
    action = action.lower()
    own = _layer(asker, policies.identity, action, domain)
    allowed, possible = own.allows, own.may_allow
    if by_trust:
        allowed = possible = domain.everything
    denied, may_be_denied = own.denies, own.may_deny
    organization = policies.scps or ()
    for level in policies.limits:
        limit = _layer(asker, level, action, domain)
        if not by_trust or level in organization:
            allowed &= limit.allows
            possible &= limit.may_allow
        denied |= limit.denies
        may_be_denied |= limit.may_deny
    return Reach(allowed & ~may_be_denied & ~denied, possible & ~denied)


def _layer(asker: Asker, policies: Iterable[Policy], action: str, domain: Domain) -> _Layer:
    result = _Layer()
    for policy in policies:
        about = about_action(policy, action)
        if about.statements:
            result.join(_of_policy(asker, policy, about, domain))
    return result


def _of_policy(asker: Asker, policy: Policy, about: About, domain: Domain) -> _Layer:
    key: object = (policy, about.action)
    if about.is_open:
        who = asker.arn if about.is_personal else asker.account_id
        key = (policy, about.action, asker.facts, who)
    found: _Layer | None = domain.remembered.get(key)
    if found is None:
        found = _Layer()
        for statement in about.statements:
            _add(found, statement, Question(asker, about.action, domain))
        domain.remembered[key] = found
    return found


def _add(layer: _Layer, statement: Statement, question: Question) -> None:
    certain, possible = holds(statement, question)
    if statement.allows:
        layer.allows |= certain
        layer.may_allow |= possible
    else:
        layer.denies |= certain
        layer.may_deny |= possible


def open_conditions(asker: Asker, policies: PolicySet, action: str) -> list[str]:
    """Return, in words, the conditions that decide whether the asker may use the action.

    All of them bear on it. Of several Allows in one place one is enough, which is told in one
    line; a Deny is told as what it is: it stands in the way where its conditions hold.
    """
    question = Question(asker, action.lower(), any_resource())
    found: list[str] = []
    for level in (policies.identity, *policies.limits):
        statements = [each for p in level for each in about_action(p, question.action).statements]
        told = [(each, _open(each, question)) for each in statements if each.conditions]
        ways = [words for each, words in told if words and each.allows]
        found += [" or ".join(dict.fromkeys(ways))] if ways else []
        found += [f"{DENIED} {words}" for each, words in told if words and not each.allows]
    return found


def _open(statement: Statement, question: Question) -> str:
    """Return what is open of a statement, in words; nothing where it surely has no effect."""
    context = question.matcher(0, statement).context
    answers = [(condition.test(context), condition) for condition in statement.conditions]
    if any(answer is False for answer, _ in answers):
        return ""
    return " and ".join(str(condition) for answer, condition in answers if answer is None)
