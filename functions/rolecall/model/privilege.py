"""What makes a principal an administrator."""

from functools import cache

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


def is_administrator(policies: PolicySet) -> bool:
    """Tell whether the policies let their holder change, unconditionally, what anybody may do."""
    return _identity_administration() <= granted(policies).everywhere


@cache
def _identity_administration() -> ActionSet:
    """Build the set when it is first asked for: the action index costs time at a cold start."""
    return ActionSet.of(IDENTITY_ADMINISTRATION)
