"""Access keys of the root user."""

# Longer than 60 lines because the key is told with its age and use, and how to do without it.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import UNKNOWN_KEY, comment, switch_off
from rolecall.model.completeness import Part
from rolecall.model.credentials import AccessKey
from rolecall.model.evidence import Evidence
from rolecall.model.rotation import active_keys
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="root-access-key",
    title="The root user has no access keys",
    severity=Severity.CRITICAL,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    remediation=(
        "Sign in as the root user and deactivate the key; delete it when nothing has missed it for"
        " a day. What used it needs a role. In a member account the management account can delete"
        " it without signing in as root, through centralized root access."
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",),
    compliance=(
        Control("AWS FSBP", "1.0.0", "IAM.4"),
        Control("CIS AWS Foundations", "3.0.0", "1.4"),
        Control("CIS AWS Foundations", "5.0.0", "1.3"),
    ),
)
def root_access_key(account: Account) -> Iterator[Evidence]:
    """The key of the root user is the account: no policy of the account limits what it does.

    How old it is makes no difference: it is to go, not to be rotated.
    """
    if account.root is None or account.root.credentials is None:
        return
    for key in active_keys(account.root.credentials):
        yield _evidence(account, key)


def _evidence(account: Account, key: AccessKey) -> Evidence:
    used_at = key.last_use.at
    use = f"; it {key.last_use.words(key.created_at)}" if used_at else ""
    return Evidence(
        resource=account.resource,
        summary=f"the root user of {account.id} has an active access key of"
        f" {format_day(key.created_at)}{use}",
        principal=account.resource.arn,
        commands=(
            comment("with the root user's own credentials:"),
            *switch_off("iam update-access-key", access_key_id=key.id or UNKNOWN_KEY),
        ),
        data={
            "created_at": format_time(key.created_at),
            "last_used_at": format_time(used_at) if used_at else None,
        },
        occasion=key.occasion,
    )
