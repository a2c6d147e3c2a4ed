"""Root users who are used."""

# Longer than 60 lines because password and keys are used in words of their own.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import look_up
from rolecall.model.completeness import Part
from rolecall.model.credentials import AccessKey, Password
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="root-used-recently",
    title="Nobody works as the root user",
    severity=Severity.HIGH,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    remediation=(
        "Ask whoever keeps the credentials what it was for. Few tasks need the root user; give the"
        " others to a role. If nobody was it, change the password and the mailbox's, and look in"
        " CloudTrail for what was done."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-tasks.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
    ),
    compliance=(
        Control("CIS AWS Foundations", "3.0.0", "1.7"),
        Control("CIS AWS Foundations", "5.0.0", "1.6"),
    ),
)
def root_used_recently(account: Account, *, recent_days: int = 30) -> Iterator[Evidence]:
    """What the root user does, no policy of the account can forbid and no person answers for.

    The password and each key are judged on their own, also a key that was deactivated since.
    """
    credentials = account.root.credentials if account.root else None
    if credentials is None:
        return
    used: tuple[Password | AccessKey, ...] = (
        *([credentials.password] if credentials.password else []),
        *credentials.access_keys,
    )
    for credential in used:
        at = credential.last_use.at
        if at and not account.is_older_than(at, recent_days):
            yield Evidence(
                resource=account.resource,
                summary=f"the root user of {account.id} {_words(credential)} on {format_day(at)}",
                principal=account.resource.arn,
                commands=(look_up("Username", "root", region="us-east-1"),),
                data={"used_at": format_time(at)},
                occasion=credential.occasion,
            )


def _words(credential: Password | AccessKey) -> str:
    if isinstance(credential, Password):
        return "signed in with its password"
    service = f" for {credential.last_use.service}" if credential.last_use.service else ""
    return f"used an access key{service}"
