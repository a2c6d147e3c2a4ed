"""Access keys that were deactivated and never deleted."""

# Longer than 60 lines because IAM does not say since when a key is inactive: we remember it.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import UNKNOWN_KEY, aws
from rolecall.model.completeness import Part
from rolecall.model.credentials import AccessKey
from rolecall.model.evidence import Evidence, Json, Resource
from rolecall.model.principals import User
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.silence import earlier_evidence
from rolecall.model.timestamps import format_day, format_time, parse_time

_ID = "inactive-access-key"


@Check(
    id=_ID,
    title="Deactivated access keys are deleted",
    severity=Severity.LOW,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    remediation=(
        "Delete the key: what has not been missed since it was deactivated will not be missed."
        " That cannot be undone; a new key is made in a second."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id-credentials-access-keys-update.html",
    ),
)
def inactive_access_key(account: Account, *, max_inactive_days: int = 90) -> Iterator[Evidence]:
    """Whoever may change access keys can make it work again, in one call and with no new secret.

    IAM does not say when a key was deactivated, and its age says nothing of that: the time counts
    from the audit that first saw it inactive. Until `max_inactive_days` after it, and where no
    audit is remembered, the key is only mentioned (INFORMATIONAL).
    """
    for user in account.everyone:
        for key in user.credentials.access_keys if user.credentials else ():
            if not key.is_active:
                yield _evidence(account, user, key, max_inactive_days)


def _evidence(account: Account, user: User, key: AccessKey, max_inactive_days: int) -> Evidence:
    resource = account.resource if user.is_root else user.resource
    seen_at = _seen_inactive_at(account, resource, key)
    is_old = seen_at and account.is_older_than(parse_time(str(seen_at)), max_inactive_days)
    who = f"the root user of {account.id}" if user.is_root else str(user)
    whose = {} if user.is_root else {"user_name": user.name}
    return Evidence(
        resource=resource,
        summary=f"{who} keeps the deactivated {key} of {format_day(key.created_at)}",
        principal=user.arn,
        severity=Severity.LOW if is_old else Severity.INFORMATIONAL,
        commands=(
            aws("iam list-access-keys", **whose),
            aws("iam delete-access-key", **whose, access_key_id=key.id or UNKNOWN_KEY),
        ),
        data={"created_at": format_time(key.created_at), "seen_inactive_at": seen_at},
        occasion=key.occasion,
    )


def _seen_inactive_at(account: Account, resource: Resource, key: AccessKey) -> Json:
    if account.lacks(Part.EARLIER_FINDINGS):
        return None
    before = earlier_evidence(account, _ID, resource, key.occasion)
    return before.get("seen_inactive_at") or format_time(account.taken_at)
