"""Console passwords that were set long ago."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws, comment, disable
from rolecall.model.completeness import Part
from rolecall.model.console import console_users
from rolecall.model.credentials import Use
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="password-age",
    title="Console passwords are renewed",
    severity=Severity.LOW,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    weighs=RIGHTS,
    remediation=(
        "Have the user set a new password, of a password manager's making. Where a second factor"
        " protects every user and your standard asks for no renewal (NIST SP 800-63B does not),"
        " set max_age_days of this rule to what you want, or switch it off."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_admin-change-user.html",
        "https://pages.nist.gov/800-63-4/sp800-63b.html",
    ),
)
def password_age(account: Account, *, max_age_days: int = 90) -> Iterator[Evidence]:
    """An old password has had more time to be reused elsewhere, and to leak there.

    A password that was never used needs no renewal but an end: it is the subject of
    `console-never-used`. Where the report does not say when it was set, nothing is said here.
    """
    for user, _, password in console_users(account):
        changed_at = password.changed_at
        if changed_at is None or password.last_use.use is Use.NEVER:
            continue
        if account.is_older_than(changed_at, max_age_days):
            evidence = Evidence(
                resource=user.resource,
                summary=f"{user} has a console password of {format_day(changed_at)}",
                principal=user.arn,
                commands=(
                    aws("iam update-login-profile --password-reset-required", user_name=user.name),
                    comment("or, if nobody needs it", disable(user.name, password)),
                ),
                data={"changed_at": format_time(changed_at)},
            )
            yield graded(evidence, Severity.LOW, account, user)
