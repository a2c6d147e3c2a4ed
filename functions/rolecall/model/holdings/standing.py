"""The verdicts on rights, and what limits the rights of a principal."""

from dataclasses import dataclass, field
from enum import StrEnum

from rolecall.model.account import Account
from rolecall.model.principals import Role, User
from rolecall.policy import Policy, PolicySet
from rolecall.policy.sensitive.breadth import Limits, limits_of


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
