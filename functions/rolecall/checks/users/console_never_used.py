"""Users who could sign in to the console and never did."""

# Longer than 60 lines because creation of the user and of the password count apart.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import disable
from rolecall.model.completeness import Part
from rolecall.model.console import console_users
from rolecall.model.creators import with_creator
from rolecall.model.credentials import PASSWORD_USE_TRACKED_SINCE, Use
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, Fact, graded
from rolecall.model.principals import User
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="console-never-used",
    title="Whoever has a console password uses it",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    weighs=RIGHTS,
    remediation=(
        "Delete the password: nobody will miss it. If the user is expected after all, give them"
        " access through Identity Center, which needs no first password that lies in a mailbox."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html",
    ),
    compliance=(
        Control("AWS FSBP", "1.0.0", "IAM.8"),
        Control("CIS AWS Foundations", "3.0.0", "1.12"),
        Control("CIS AWS Foundations", "5.0.0", "1.11"),
    ),
)
def console_never_used(
    account: Account, *, max_unused_days: int = 30, grace_days: int = 7
) -> Iterator[Evidence]:
    """A first password that nobody took up is known to whoever set it, mailed it or found it.

    Counted from the creation of the user, however often the password was set anew since; but a
    password has `grace_days` after it was last set, for a program that becomes a person's user.
    Where IAM kept no record of sign-ins, "never" is not known and nothing is said.
    """
    for user, credentials, password in console_users(account):
        set_at = password.changed_at or user.created_at
        if (
            password.last_use.use is Use.NEVER
            and account.is_older_than(user.created_at, max_unused_days)
            and account.is_older_than(set_at, grace_days)
        ):
            evidence = Evidence(
                resource=user.resource,
                summary=f"{user} of {_never_signed_in(user)};"
                f" its password is of {format_day(set_at)}",
                principal=user.arn,
                commands=(disable(user.name, password),),
                data={
                    "created_at": format_time(user.created_at),
                    "password_set_at": format_time(set_at),
                },
            )
            evidence = with_creator(evidence, account.creator_of(user))
            alone = Fact("the password alone opens the console", 0 if credentials.has_mfa else 1)
            yield graded(evidence, Severity.MEDIUM, account, user, alone)


def _never_signed_in(user: User) -> str:
    """Say of a user that is older than IAM's records no more than the records do."""
    day = format_day(user.created_at)
    if user.created_at >= PASSWORD_USE_TRACKED_SINCE:
        return f"{day} never signed in to the console"
    began = format_day(PASSWORD_USE_TRACKED_SINCE)
    return f"{day} has not signed in to the console since IAM's records began on {began}"
