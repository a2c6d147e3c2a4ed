"""Commands that set an account's password policy, ready to paste."""

from dataclasses import replace

from rolecall.model.account_settings import PasswordPolicy
from rolecall.model.commands import aws, undo

_FLAGS = {
    "requires_symbols": "--require-symbols",
    "requires_numbers": "--require-numbers",
    "requires_uppercase": "--require-uppercase-characters",
    "requires_lowercase": "--require-lowercase-characters",
    "lets_users_change": "--allow-users-to-change-password",
    "is_hard_expiry": "--hard-expiry",
}


def set_password_policy(policy: PasswordPolicy) -> str:
    """Return the command that makes this the account's policy.

    It names every setting: what an update leaves out goes back to IAM's default.
    https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
    """
    words = [
        "iam update-account-password-policy",
        f"--minimum-password-length {policy.minimum_length}",
        *(flag for name, flag in _FLAGS.items() if getattr(policy, name)),
    ]
    if policy.max_age_days:
        words.append(f"--max-password-age {policy.max_age_days}")
    if policy.reuse_prevention:
        words.append(f"--password-reuse-prevention {policy.reuse_prevention}")
    return aws(" ".join(words))


def change_password_policy(old: PasswordPolicy, new: PasswordPolicy) -> tuple[str, str]:
    """Return the commands that replace the policy and that bring the old one back."""
    if old.is_set:
        return set_password_policy(new), undo(set_password_policy(old))
    first = set_password_policy(replace(new, lets_users_change=True))
    return first, undo(aws("iam delete-account-password-policy"))
