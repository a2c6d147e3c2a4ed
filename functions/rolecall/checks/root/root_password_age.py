"""Root passwords that nobody has changed for a long time."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="root-password-age",
    title="The root user's password is changed now and then",
    severity=Severity.LOW,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    remediation=(
        "Sign in as the root user and set a new password, kept where two people are needed to get"
        " it. In a member account rather delete it, through centralized root access."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-password.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
    ),
)
def root_password_age(account: Account, *, max_age_days: int = 365) -> Iterator[Evidence]:
    """Everybody who ever had the password has it still, wherever they work today.

    Older credential reports do not date the root user's password; then nothing is said. Nor is it
    where `member-root-credentials` wants the password gone.
    """
    organization = account.organization
    if organization and organization.centralizes_root_access and not account.is_management_account:
        return
    credentials = account.root.credentials if account.root else None
    password = credentials.password if credentials else None
    if (
        password
        and password.changed_at
        and account.is_older_than(password.changed_at, max_age_days)
    ):
        yield Evidence(
            resource=account.resource,
            summary=f"the root user's password of {account.id} dates from"
            f" {format_day(password.changed_at)}",
            principal=account.resource.arn,
            data={"changed_at": format_time(password.changed_at)},
        )
