"""People who sign in as IAM users, year after year."""

# Longer than 60 lines because people and all other users have words of their own.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import disable, list_rights
from rolecall.model.completeness import Part
from rolecall.model.credentials import Password
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.principals import User
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="long-lived-user",
    title="People do not keep IAM users for years",
    severity=Severity.LOW,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    weighs=RIGHTS,
    remediation=(
        "Give the person access through IAM Identity Center or your identity provider, which ends"
        " when they leave, then delete the IAM user. `rolecall migrate` ranks who goes first."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp",
    ),
    compliance=(
        Control("CIS AWS Foundations", "3.0.0", "1.21"),
        Control("CIS AWS Foundations", "5.0.0", "1.20"),
    ),
)
def long_lived_user(
    account: Account, *, max_age_days: int = 365, people_only: bool = True
) -> Iterator[Evidence]:
    """An IAM user with a password outlives the job, the team and the memory of who asked for it.

    Only users with a console password are judged: they stand for people. With `people_only` off,
    every IAM user is judged, also one without any credentials.
    """
    for user in account.users:
        password = user.credentials.password if user.credentials else None
        if people_only and password is None:
            continue
        if account.is_older_than(user.created_at, max_age_days):
            can = "can sign in to the console and " if password else ""
            evidence = Evidence(
                resource=user.resource,
                summary=f"{user} {can}dates from {format_day(user.created_at)}",
                principal=user.arn,
                commands=tuple(_commands(user, password)),
                data={"created_at": format_time(user.created_at)},
            )
            yield graded(evidence, Severity.LOW, account, user)


def _commands(user: User, password: Password | None) -> Iterator[str]:
    yield from list_rights(user.name)
    if password:
        yield disable(user.name, password)
