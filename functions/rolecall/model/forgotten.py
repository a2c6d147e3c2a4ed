"""What is known of credentials that no report lists: whose they are, and whether they are used."""

from rolecall.model.account import Account
from rolecall.model.evidence import Json
from rolecall.model.owners import owner_of
from rolecall.model.principals import User
from rolecall.model.timestamps import format_day


def forgotten_facts(
    account: Account, user: User, namespace: str, idle_days: int
) -> dict[str, Json]:
    """Return the owner of the user and what IAM knows of its use of a service, None for unknown.

    IAM tells when the user last used the service, not with which credential. In use is what was
    used within `idle_days`: the day itself would be another one tomorrow.
    """
    return {
        "owner": owner_of(user) or None,
        "service_use": _service_use(account, user, namespace, idle_days),
    }


def _service_use(account: Account, user: User, namespace: str, idle_days: int) -> str | None:
    known = account.service_last_accessed.get(user.arn, ())
    accesses = [access for access in known if access.namespace == namespace]
    if not accesses:
        return None
    used = [access.last_used_at for access in accesses if access.last_used_at]
    if not used:
        return f"{namespace} not used by the user within IAM's memory"
    if account.is_older_than(max(used), idle_days):
        return f"{namespace} last used by the user on {format_day(max(used))}"
    return f"{namespace} in use by the user"
