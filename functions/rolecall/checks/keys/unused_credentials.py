"""Passwords and access keys that nobody has used for a long time."""

from collections.abc import Iterator

from rolecall.model.account import Account, Part
from rolecall.model.commands import disable
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_time


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
        Control("AWS FSBP", "1.0.0", "IAM.8"),
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
        for credential in credentials.usable:
            made_at = credential.made_at or user.created_at
            since = credential.last_use.idle_since(made_at)
            if since and account.is_older_than(since, max_unused_days):
                yield Evidence(
                    resource=user.resource,
                    summary=f"{user}: {credential} {credential.last_use.words(made_at)}",
                    principal=user.arn,
                    commands=(disable(user.name, credential),),
                    data={"credential": str(credential), "unused_since": format_time(since)},
                    occasion=credential.occasion,
                )
