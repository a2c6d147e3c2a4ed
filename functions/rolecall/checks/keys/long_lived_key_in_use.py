"""Workloads that run on an access key instead of a role."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import retire_key
from rolecall.model.completeness import Part
from rolecall.model.credentials import AccessKey
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rotation import active_keys
from rolecall.model.rule import Check
from rolecall.model.severity import Severity

_IDENTITY_SERVICES = ("iam", "sts")
"""A key used for these alone only fetches temporary credentials, or rotates itself."""


@Check(
    id="long-lived-key-in-use",
    title="Work is done with temporary credentials",
    severity=Severity.LOW,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    weighs=RIGHTS,
    remediation=(
        "Give the workload a role: an instance, task or function role inside AWS, an OIDC role for"
        " CI, IAM Roles Anywhere for servers elsewhere, Identity Center for people."
        " `rolecall migrate` lists what fits whom. Then deactivate the key."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-workloads-use-roles",
    ),
)
def long_lived_key_in_use(account: Account, *, recent_days: int = 45) -> Iterator[Evidence]:
    """A key that works today works for its thief as well, until somebody notices.

    Judged are active keys used within `recent_days` for other services than IAM and STS: a key
    that only assumes roles is left alone. The service is that of the key's last use, which is all
    that IAM remembers of a key. Keys that nobody uses are the subject of `unused-credentials`.
    """
    for user, credentials in account.credentials():
        for key in active_keys(credentials):
            if _works(account, key, recent_days):
                evidence = Evidence(
                    resource=user.resource,
                    summary=f"{user} works with {key}, not with temporary credentials",
                    principal=user.arn,
                    commands=retire_key(user.name, key),
                    data={"access_key_id": key.id},
                    occasion=key.occasion,
                )
                yield graded(evidence, Severity.LOW, account, user)


def _works(account: Account, key: AccessKey, recent_days: int) -> bool:
    used_at, service = key.last_use.at, key.last_use.service
    if used_at is None or not service or service in _IDENTITY_SERVICES:
        return False
    return not account.is_older_than(used_at, recent_days)
