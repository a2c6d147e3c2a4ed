"""Password policies that let weak passwords pass."""

# Longer than 60 lines because one finding tells of every weakness, and one command mends them all.

from collections.abc import Iterator
from dataclasses import replace

from rolecall.model.account import Account
from rolecall.model.account_settings import PasswordPolicy
from rolecall.model.completeness import Part
from rolecall.model.console import has_console_users
from rolecall.model.evidence import Evidence
from rolecall.model.password_policy_commands import change_password_policy
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity

_CLASSES = ("uppercase", "lowercase", "numbers", "symbols")
_MAX_AGE_DAYS = 1095
"""https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html"""


@Check(
    id="weak-password-policy",
    title="The password policy asks for strong passwords",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.PASSWORD_POLICY, Part.CREDENTIAL_REPORT}),
    remediation=(
        "Set the policy with the command below, which keeps what is set and mends the rest. It"
        " holds from the next change of each password on; expiry holds at once, so tell people."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html",
    ),
    compliance=(
        Control("AWS FSBP", "1.0.0", "IAM.7"),
        Control("CIS AWS Foundations", "3.0.0", "1.8"),
        Control("CIS AWS Foundations", "3.0.0", "1.9"),
        Control("CIS AWS Foundations", "5.0.0", "1.7"),
        Control("CIS AWS Foundations", "5.0.0", "1.8"),
    ),
    choices={"required_classes": _CLASSES},
)
def weak_password_policy(
    account: Account,
    *,
    min_characters: int = 14,
    min_remembered_passwords: int = 24,
    max_age_days: int = 90,
    required_classes: tuple[str, ...] = _CLASSES,
) -> Iterator[Evidence]:
    """A console password is guessed from anywhere, and what is reused leaks elsewhere.

    Judged where an IAM user has a password. Length and classes of characters are MEDIUM; reuse
    and expiry alone LOW. The classes are uppercase, lowercase, numbers and symbols. NIST SP
    800-63B asks for length and against classes and expiry: with an empty list no class, with
    `max_age_days` above 1095, which is IAM's most, no expiry is asked for.
    """
    policy = account.password_policy
    if policy is None or not policy.is_set or not has_console_users(account):
        return
    classes = [each for each in required_classes if not getattr(policy, f"requires_{each}")]
    strong = replace(
        policy,
        minimum_length=max(policy.minimum_length, min_characters),
        reuse_prevention=max(policy.reuse_prevention, min_remembered_passwords),
        max_age_days=_age(policy, max_age_days),
        **dict.fromkeys((f"requires_{each}" for each in classes), True),
    )
    weaknesses = list(_weaknesses(policy, strong, classes))
    if weaknesses:
        is_guessable = bool(classes) or strong.minimum_length > policy.minimum_length
        yield Evidence(
            resource=account.resource,
            summary=f"the password policy of account {account.id} {', '.join(weaknesses)}",
            severity=Severity.MEDIUM if is_guessable else Severity.LOW,
            commands=change_password_policy(policy, strong),
            data={"weaknesses": weaknesses},
        )


def _age(policy: PasswordPolicy, max_age_days: int) -> int:
    """Return the age that both accept; what is set already where none is asked for."""
    if max_age_days > _MAX_AGE_DAYS:
        return policy.max_age_days
    return min(policy.max_age_days or max_age_days, max_age_days)


def _weaknesses(
    policy: PasswordPolicy, strong: PasswordPolicy, classes: list[str]
) -> Iterator[str]:
    if strong.minimum_length > policy.minimum_length:
        yield f"accepts {policy.minimum_length} characters (wanted: {strong.minimum_length})"
    if classes:
        yield f"asks for no {' and no '.join(classes)}"
    if strong.reuse_prevention > policy.reuse_prevention:
        remembered = policy.reuse_prevention or "none"
        yield f"remembers {remembered} of the last {strong.reuse_prevention} passwords"
    if strong.max_age_days != policy.max_age_days:
        ends = f"after {policy.max_age_days} days" if policy.max_age_days else "never"
        yield f"lets passwords expire {ends} (wanted: {strong.max_age_days} days)"
