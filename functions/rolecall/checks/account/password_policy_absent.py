"""Accounts with console users and no password policy."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.account_settings import PasswordPolicy
from rolecall.model.completeness import Part
from rolecall.model.console import has_console_users
from rolecall.model.evidence import Evidence
from rolecall.model.password_policy_commands import change_password_policy
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity


@Check(
    id="password-policy-absent",
    title="Accounts with console users have a password policy",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.PASSWORD_POLICY, Part.CREDENTIAL_REPORT}),
    remediation=(
        "Set a password policy with the command below. It holds from the next change of each"
        " password on. Better: let people sign in through Identity Center and have no passwords."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
    ),
    compliance=(
        Control("AWS FSBP", "1.0.0", "IAM.7"),
        Control("CIS AWS Foundations", "3.0.0", "1.8"),
        Control("CIS AWS Foundations", "5.0.0", "1.7"),
    ),
)
def password_policy_absent(account: Account) -> Iterator[Evidence]:
    """AWS's own default accepts eight characters, the same ones for ever.

    Judged is an account in which an IAM user has a password; the root user's follows rules of its
    own. What a policy that is set leaves open is the subject of `weak-password-policy`.
    """
    policy = account.password_policy
    if policy is not None and not policy.is_set and has_console_users(account):
        strong = PasswordPolicy(
            minimum_length=14,
            requires_symbols=True,
            requires_numbers=True,
            requires_uppercase=True,
            requires_lowercase=True,
            reuse_prevention=24,
        )
        yield Evidence(
            resource=account.resource,
            summary=f"account {account.id} has console users and no password policy",
            commands=change_password_policy(policy, strong),
        )
