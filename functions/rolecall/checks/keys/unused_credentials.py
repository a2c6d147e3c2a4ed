"""Passwords that nobody uses any more, and access keys that nobody uses, or ever did."""

# Longer than 60 lines because what was used once and what never was have words of their own.

from collections.abc import Iterator
from datetime import timedelta

from rolecall.model.account import Account
from rolecall.model.commands import disable, retire_key
from rolecall.model.completeness import Part
from rolecall.model.credentials import AccessKey, Password, Use
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.principals import User
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_time

_SET_UP = timedelta(minutes=1)
"""A key made so soon after its user was made with it, as a box ticked in the console."""


@Check(
    id="unused-credentials",
    title="Credentials that nobody uses are removed",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    weighs=RIGHTS,
    remediation=(
        "Ask the owner. Deactivate the key or delete the password, wait for somebody to miss it,"
        " then delete the user if nothing else is left of it."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_finding-unused.html",
    ),
    compliance=(
        Control("AWS FSBP", "1.0.0", "IAM.8"),
        Control("CIS AWS Foundations", "3.0.0", "1.11"),
        Control("CIS AWS Foundations", "3.0.0", "1.12"),
        Control("CIS AWS Foundations", "5.0.0", "1.10"),
        Control("CIS AWS Foundations", "5.0.0", "1.11"),
    ),
)
def unused_credentials(
    account: Account, *, max_unused_days: int = 45, max_never_used_days: int = 14
) -> Iterator[Evidence]:
    """A credential that nobody uses is missed by nobody when it is stolen.

    One that was never used counts from the day it was made, and has less time: whoever asked for
    it has had no need of it. Where the last use is not known, nothing is said: not knowing is not
    "never". Passwords that were never used are the subject of `console-never-used`.
    """
    for user, credentials in account.credentials():
        for credential in credentials.usable:
            is_never = credential.last_use.use is Use.NEVER
            if is_never and isinstance(credential, Password):
                continue
            since = credential.last_use.idle_since(credential.made_at or user.created_at)
            days = max_never_used_days if is_never else max_unused_days
            if since and account.is_older_than(since, days):
                evidence = _evidence(user, credential, format_time(since))
                yield graded(evidence, Severity.MEDIUM, account, user)


def _evidence(user: User, credential: Password | AccessKey, since: str) -> Evidence:
    made_at = credential.made_at or user.created_at
    words = credential.last_use.words(made_at)
    commands: tuple[str, ...] = (disable(user.name, credential),)
    data = {"credential": str(credential), "unused_since": since}
    if isinstance(credential, AccessKey):
        commands = retire_key(user.name, credential)
        data |= {"use": credential.last_use.use.value, "created_at": format_time(made_at)}
        if credential.last_use.use is Use.NEVER and made_at - user.created_at < _SET_UP:
            words += "; it was made together with the user"
    return Evidence(
        resource=user.resource,
        summary=f"{user}: {credential} {words}",
        principal=user.arn,
        commands=commands,
        data=data,
        occasion=credential.occasion,
    )
