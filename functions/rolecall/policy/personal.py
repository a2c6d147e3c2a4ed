"""What policies say to one principal, once the conditions about who it is are settled.

A guardrail that denies the root user, or all but one role, is certain of everybody: it speaks of
them or it does not. Only what a principal cannot change of itself is settled. Its tags are not:
they are put on, and sessions bring their own; the graph of access reckons with that.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rolecall.policy.context import Context
from rolecall.policy.documents import Policy
from rolecall.policy.overlap import meets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import Any

    from rolecall.policy.conditions import Condition
    from rolecall.policy.policy_set import Level, PolicySet
    from rolecall.policy.statements import Statement

_ARN = "aws:principalarn"
_SOMEBODY = "\ue000"
"""A character of the private use area, which no name has."""
_KEYS = frozenset(
    {
        "aws:principalaccount",
        _ARN,
        "aws:principalisawsservice",
        "aws:principalorgid",
        "aws:principalservicename",
        "aws:principaltype",
        "aws:username",
    }
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of who asks: the context of its requests.

    `arn` is a pattern that its ARN matches where no more is known of that.
    """

    context: Context
    arn: str = ""

    def settle(self, condition: Condition) -> bool | None:
        """Return whether a condition holds, None where that is open."""
        answer = condition.test(self.context)
        is_known = bool(self.arn) and condition.folded_key == _ARN and not condition.has_variables
        if answer is None and is_known and not any(meets(v, self.arn) for v in condition.values):
            return condition.test(Context.of({_ARN: self.arn.replace("*", _SOMEBODY)}))
        return answer


def settled(
    policies: PolicySet, facts_of: Callable[[], Facts], shared: dict[object, Any]
) -> PolicySet:
    """Return the policies as they are to the principal of whom these are the facts.

    What comes out the same for several principals is one object to all who bring the same dict.
    """
    if not any(map(_personal, _every(policies))):
        return policies
    facts = facts_of()

    def levels(given: tuple[Level, ...] | None) -> tuple[Level, ...] | None:
        if not given:
            return given
        found = tuple(_level(level, facts) for level in given)
        kept: tuple[Level, ...] = shared.setdefault(("levels", found), found)
        return kept

    boundary = policies.boundary
    return replace(
        policies,
        identity=_level(policies.identity, facts),
        boundary=boundary and settled_policy(boundary, facts),
        scps=levels(policies.scps),
        rcps=levels(policies.rcps),
    )


def _every(policies: PolicySet) -> Iterator[Policy]:
    yield from policies.identity
    if policies.boundary:
        yield policies.boundary
    for level in (*(policies.scps or ()), *(policies.rcps or ())):
        yield from level


def settled_policy(policy: Policy, facts: Facts) -> Policy:
    """Return the policy without what certainly says nothing to the principal.

    A statement goes when one of its conditions never holds, a condition when it always does.
    """
    asked = _personal(policy)
    if not asked:
        return policy
    answers = tuple(map(facts.settle, asked))
    if all(answer is None for answer in answers):
        return policy
    key, name = ("settled", answers), policy.name
    if key not in policy.remembered:
        policy.remembered[key] = {name: Policy(name, tuple(_kept(policy, answers)))}
    found: dict[str, Policy] = policy.remembered[key]
    if name not in found:
        found[name] = next(iter(found.values())).named(name)
    return found[name]


def _level(level: Level, facts: Facts) -> Level:
    return tuple([settled_policy(policy, facts) for policy in level])


def _personal(policy: Policy) -> tuple[Condition, ...]:
    """Return the conditions about who asks; they are looked for once."""
    if "asks who" not in policy.remembered:
        policy.remembered["asks who"] = tuple(
            condition for statement in policy.statements for condition in _of(statement)
        )
    found: tuple[Condition, ...] = policy.remembered["asks who"]
    return found


def _of(statement: Statement) -> Iterable[Condition]:
    return [each for each in statement.conditions if each.folded_key in _KEYS]


def _kept(policy: Policy, answers: Sequence[bool | None]) -> Iterator[Statement]:
    remaining = iter(answers)
    for statement in policy.statements:
        told = [(id(each), next(remaining)) for each in _of(statement)]
        if any(answer is False for _, answer in told):
            continue
        met = {name for name, answer in told if answer}
        open_ = tuple(each for each in statement.conditions if id(each) not in met)
        yield replace(statement, conditions=open_) if met else statement
