"""What of a held policy's rights on every resource is live, for whom, and what stops the rest."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from rolecall.model.account import Account
from rolecall.model.principals import Role, User
from rolecall.policy import Policy, PolicySet
from rolecall.policy.sensitive.breadth import Breadth, Limits, limits_of


class Verdict(StrEnum):
    """What the policies say of a right, all of them together."""

    GRANTED = "granted"
    CONDITIONAL = "conditional"
    BLOCKED = "blocked"
    ABSENT = ""

    @property
    def is_live(self) -> bool:
        """Whether the right can be used, for certain or when conditions hold."""
        return self in (Verdict.GRANTED, Verdict.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class Standing:
    """Actions as bitsets, sorted by what is left of them for whoever has the most of them."""

    granted: int = 0
    conditional: int = 0
    blocked: int = 0
    example: PolicySet = field(default_factory=PolicySet)
    """The policies of one of those for whom it is so."""

    @property
    def live(self) -> int:
        """The actions that can be used, for certain or when conditions hold."""
        return self.granted | self.conditional

    @property
    def verdict(self) -> Verdict:
        """The best of the three answers that any of the actions has."""
        if self.granted:
            return Verdict.GRANTED
        if self.conditional:
            return Verdict.CONDITIONAL
        return Verdict.BLOCKED if self.blocked else Verdict.ABSENT


_NONE = Standing()


def standing(
    account: Account, principals: Iterable[User | Role], breadth: Breadth, actions: int
) -> Standing:
    """Return what of these actions, allowed so broadly, is left for any of the principals."""
    wanted = breadth.at_most & actions
    if not wanted:
        return _NONE
    best = _NONE
    for limits, policies in _distinct_limits(account, principals):
        granted = wanted & breadth.everywhere & limits.certain
        conditional = wanted & limits.at_most & ~granted
        found = Standing(granted, conditional, wanted & ~limits.at_most, policies)
        if not best.blocked | best.live or _rank(found) > _rank(best):
            best = found
    return best


def _rank(found: Standing) -> tuple[int, int]:
    return found.granted.bit_count(), found.conditional.bit_count()


def limits_on(account: Account, principal: User | Role) -> Limits:
    """Return what is left of any right of the principal; one object for all of the same limits."""
    own = ("limits", principal.arn)
    if own not in account.remembered:
        policies = account.policy_set(principal)
        shared = ("limits", _limiting(policies))
        if shared not in account.remembered:
            account.remembered[shared] = limits_of(policies)
        account.remembered[own] = account.remembered[shared]
    found: Limits = account.remembered[own]
    return found


def _distinct_limits(
    account: Account, principals: Iterable[User | Role]
) -> Iterable[tuple[Limits, PolicySet]]:
    found: dict[int, tuple[Limits, User | Role]] = {}
    for principal in principals:
        found.setdefault(id(limits := limits_on(account, principal)), (limits, principal))
    return [(limits, account.policy_set(principal)) for limits, principal in found.values()]


def _limiting(policies: PolicySet) -> tuple[object, ...]:
    """Return what tells one principal's limits from another's of the same account."""
    denying = [id(each.remembered) for each in policies.identity if _denies(each)]
    boundary = policies.boundary and id(policies.boundary.remembered)
    return (*sorted(denying), "boundary", boundary, policies.scps, policies.rcps)


def _denies(policy: Policy) -> bool:
    if "denies" not in policy.remembered:
        policy.remembered["denies"] = any(not each.allows for each in policy.statements)
    found: bool = policy.remembered["denies"]
    return found
