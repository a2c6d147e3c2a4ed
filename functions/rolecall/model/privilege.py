"""What makes a principal an administrator."""

from functools import cache
from typing import NamedTuple

from rolecall.model.account import Account
from rolecall.model.principals import Role, User
from rolecall.policy import ActionSet, PolicySet, granted

IDENTITY_ADMINISTRATION = (
    "iam:AttachRolePolicy",
    "iam:AttachUserPolicy",
    "iam:CreateAccessKey",
    "iam:CreatePolicyVersion",
    "iam:PutRolePolicy",
    "iam:PutUserPolicy",
    "iam:UpdateAssumeRolePolicy",
)
"""Whoever may do all of these on everything can become anything in the account."""


class Power(NamedTuple):
    """What a principal can do after all that bears on it, in two words."""

    is_administrator: bool
    is_nothing: bool
    """Whether the policies allow nothing at all."""


def power_of(account: Account, principal: User | Role) -> Power:
    """Return what the principal can do in its account; found out once for each snapshot."""
    key = ("power", principal.arn)
    if key not in account.remembered:
        grants = granted(account.policy_set(principal))
        account.remembered[key] = Power(
            is_administrator=_identity_administration() <= grants.everywhere,
            is_nothing=not grants.possible,
        )
    found: Power = account.remembered[key]
    return found


def is_administrator(policies: PolicySet) -> bool:
    """Tell whether the policies let their holder change, unconditionally, what anybody may do."""
    return _identity_administration() <= granted(policies).everywhere


@cache
def _identity_administration() -> ActionSet:
    """Build the set when it is first asked for: the action index costs time at a cold start."""
    return ActionSet.of(IDENTITY_ADMINISTRATION)
