"""Passwords and access keys that nobody has used for a long time."""

from collections.abc import Iterator
from datetime import datetime

from rolecall.model.account import Account, Part
from rolecall.model.evidence import Evidence
from rolecall.model.principals import Credentials, LastUse, Use, User
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="unused-credentials",
    title="Credentials that nobody uses are removed",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    remediation=(
        "Ask the owner. Deactivate the key or delete the password, wait for somebody to miss it,"
        " then delete the user if nothing else is left of it."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html",
    ),
    compliance=(
        Control("AWS FSBP", "1.0.0", "IAM.22"),
        Control("CIS AWS Foundations", "3.0.0", "1.12"),
        Control("CIS AWS Foundations", "5.0.0", "1.11"),
    ),
)
def unused_credentials(account: Account, *, max_unused_days: int = 45) -> Iterator[Evidence]:
    """A credential that nobody uses is missed by nobody when it is stolen.

    One that was never used counts from the day it was made. Where the last use is not known,
    nothing is said: not knowing is not "never".
    """
    for user, credentials in account.credentials():
        for name, made_at, use, command, occasion in _active(user, credentials):
            since = use.at or made_at
            if use.use is not Use.UNKNOWN and account.is_older_than(since, max_unused_days):
                used = _words(use, made_at)
                yield Evidence(
                    resource=user.resource,
                    summary=f"{user}: {name} {used}",
                    principal=user.arn,
                    commands=(command,),
                    data={"credential": name, "unused_since": format_time(since)},
                    occasion=occasion,
                )


def _active(
    user: User, credentials: Credentials
) -> Iterator[tuple[str, datetime, LastUse, str, str]]:
    """Yield name, birth, last use, ending command and occasion of what still works."""
    owner = f"--user-name {user.name}"
    if credentials.password:
        made_at = credentials.password.changed_at or user.created_at
        command = f"aws iam delete-login-profile {owner}"
        yield "console password", made_at, credentials.password.last_use, command, "password"
    for key in credentials.access_keys:
        if key.is_active:
            command = (
                f"aws iam update-access-key {owner} --access-key-id {key.id or 'KEY_ID'}"
                " --status Inactive"
            )
            yield str(key), key.created_at, key.last_use, command, key.occasion


def _words(use: LastUse, made_at: datetime) -> str:
    if use.at is None:
        return f"of {format_day(made_at)} was never used"
    service = f" for {use.service}" if use.service else ""
    return f"was last used on {format_day(use.at)}{service}"
