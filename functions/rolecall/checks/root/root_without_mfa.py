"""Root users who need no second factor."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity


@Check(
    id="root-without-mfa",
    title="The root user has MFA",
    severity=Severity.CRITICAL,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    remediation=(
        "Sign in as the root user and register two security keys, kept in two places. In a member"
        " account rather delete the root user's credentials, through centralized root access."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-user-access-management.html",
    ),
    compliance=(
        Control("AWS FSBP", "1.0.0", "IAM.9"),
        Control("CIS AWS Foundations", "3.0.0", "1.5"),
        Control("CIS AWS Foundations", "5.0.0", "1.4"),
    ),
)
def root_without_mfa(account: Account) -> Iterator[Evidence]:
    """Whoever learns the password, or can read the mailbox that resets it, has the account.

    A root user without any credentials needs no MFA: there is nothing to sign in with. Where
    neither the report nor the account's summary says that there is no password, there is one.
    """
    credentials = account.root.credentials if account.root else None
    if credentials and credentials.password and not credentials.has_mfa:
        yield Evidence(
            resource=account.resource,
            summary=f"the root user of {account.id} can sign in without MFA",
            principal=account.resource.arn,
            commands=(aws("iam get-account-summary --query SummaryMap.AccountMFAEnabled"),),
        )
