"""What makes a principal an administrator."""

from rolecall.policy import ActionSet, PolicySet, granted

IDENTITY_ADMINISTRATION = ActionSet.of(
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
    return granted(policies).everywhere >= IDENTITY_ADMINISTRATION
