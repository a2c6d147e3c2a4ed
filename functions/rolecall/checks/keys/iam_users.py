"""Accounts that still have IAM users."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.principals import User
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity

_NAMED = 20
"""How many users the finding names; their number is always right."""


@Check(
    id="iam-users",
    title="Accounts have no IAM users but those that are allowed",
    severity=Severity.LOW,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    remediation=(
        "Move people to Identity Center and workloads to roles (`rolecall migrate` ranks them),"
        " then delete the users. Name those that have to stay under allowed_users of this rule,"
        " such as break-glass users, by name or pattern."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp",
    ),
    compliance=(
        Control("CIS AWS Foundations", "3.0.0", "1.21"),
        Control("CIS AWS Foundations", "5.0.0", "1.20"),
    ),
)
def iam_users(account: Account, *, allowed_users: tuple[str, ...] = ()) -> Iterator[Evidence]:
    """An account without IAM users has no long-lived credentials to lose.

    One finding for the account, not one for each user: MEDIUM while any of them has a password or
    an active key, LOW where none could sign in.
    """
    users = [
        user
        for user in account.users
        if not any(fnmatchcase(user.name, pattern) for pattern in allowed_users)
    ]
    if users:
        names, armed = sorted(user.name for user in users), list(filter(_is_armed, users))
        many = "1 IAM user" if len(users) == 1 else f"{len(users)} IAM users"
        more = ", ..." if len(users) > _NAMED else ""
        yield Evidence(
            resource=account.resource,
            summary=f"account {account.id} has {many}: {', '.join(names[:_NAMED])}{more}",
            severity=Severity.MEDIUM if armed else Severity.LOW,
            commands=("rolecall migrate",),
            data={"users": len(users), "users_with_credentials": len(armed)},
        )


def _is_armed(user: User) -> bool:
    return user.credentials is not None and any(user.credentials.usable)
