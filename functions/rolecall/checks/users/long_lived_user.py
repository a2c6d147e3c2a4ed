"""People who sign in as IAM users, year after year."""

from collections.abc import Iterator

from rolecall.model.account import Account, Part
from rolecall.model.commands import disable, list_rights
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="long-lived-user",
    title="People do not keep IAM users for years",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS, Part.CREDENTIAL_REPORT}),
    remediation=(
        "Give the person access through IAM Identity Center or your identity provider, which ends"
        " when they leave, then delete the IAM user."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp",
    ),
    compliance=(
        Control("CIS AWS Foundations", "3.0.0", "1.21"),
        Control("CIS AWS Foundations", "5.0.0", "1.20"),
    ),
)
def long_lived_user(account: Account, *, max_age_days: int = 365) -> Iterator[Evidence]:
    """An IAM user with a password outlives the job, the team and the memory of who asked for it.

    Only users with a console password are judged: they stand for people.
    """
    for user in account.users:
        if user.credentials is None or user.credentials.password is None:
            continue
        if account.is_older_than(user.created_at, max_age_days):
            yield Evidence(
                resource=user.resource,
                summary=f"{user} can sign in to the console and dates from"
                f" {format_day(user.created_at)}",
                principal=user.arn,
                commands=(
                    *list_rights(user.name),
                    disable(user.name, user.credentials.password),
                ),
                data={"created_at": format_time(user.created_at)},
            )
