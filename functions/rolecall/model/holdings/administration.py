"""Whether a principal is an administrator, and what of that is live."""

from functools import cache, reduce
from operator import or_

from rolecall.model.account import Account
from rolecall.model.holdings.standing import Standing, Verdict, standing
from rolecall.model.principals import Role, User
from rolecall.model.privilege import IDENTITY_ADMINISTRATION
from rolecall.policy import PolicySet, action_index
from rolecall.policy.sensitive.breadth import Breadth, breadth_of

DECISIVE = (
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
)
"""Any of these on everything gives whatever a guardrail took away."""


def administration(account: Account, principal: User | Role) -> Verdict:
    """Return the verdict on the principal as an administrator; found out once for each snapshot.

    ABSENT is who is none by its own policies. Who is one stays one while any of the decisive
    actions is left: a guardrail against access keys alone makes nobody harmless.
    """
    key = ("administration", principal.arn)
    if key not in account.remembered:
        account.remembered[key] = administration_standing(account, principal).verdict
    found: Verdict = account.remembered[key]
    return found


def breadth_together(policies: PolicySet) -> Breadth:
    """Return what the identity's policies allow on every resource, all of them together."""
    breadths = [breadth_of(policy, policies.account_id) for policy in policies.identity]
    return Breadth(
        reduce(or_, (each.everywhere for each in breadths), 0),
        reduce(or_, (each.at_most for each in breadths), 0),
    )


def makes_administrator(breadth: Breadth) -> bool:
    """Tell whether rights so broad make an administrator, conditions taken as met."""
    return not identity_administration() & ~breadth.at_most


@cache
def identity_administration() -> int:
    """Return what an administrator of identities may do, as a bitset."""
    return action_index().expand_all(IDENTITY_ADMINISTRATION)


@cache
def decisive() -> int:
    """Return the decisive actions as a bitset."""
    return action_index().expand_all(DECISIVE)


def administration_standing(account: Account, principal: User | Role) -> Standing:
    """Return what is left of the rights that make the principal an administrator, if any do."""
    breadth = breadth_together(account.policy_set(principal))
    if not makes_administrator(breadth):
        return Standing()
    return standing(account, (principal,), breadth, decisive())
