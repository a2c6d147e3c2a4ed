"""Principals that were made administrators and still are."""

from collections.abc import Iterator
from datetime import timedelta

from rolecall.model.account import Account
from rolecall.model.administrators_made import administrators_made
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.privilege import rules_over_identities
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_time
from rolecall.policy.wildcards import matches


@Check(
    id="lasting-administrator",
    title="Whoever is made an administrator is so for a limited time",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS, Part.EARLIER_FINDINGS}),
    remediation=(
        "Take the rights back, if what they were given for is done: `rolecall timeline` tells who"
        " gave them. Whoever is to stay an administrator is listed under known_administrators of"
        " this rule, or the finding of permissions-granted is suppressed with a reason and an end."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
        "https://docs.aws.amazon.com/singlesignon/latest/userguide/temporary-elevated-access.html",
    ),
)
def lasting_administrator(
    account: Account, *, max_age_hours: int = 24, known_administrators: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """Rights that were given for an incident are the ones that nobody takes back.

    Told of whom `permissions-granted` saw made an administrator more than `max_age_hours` ago, at
    the next audit of permissions, as long as it is one whatever the circumstances. Who was one
    before is told by administrator-access alone.
    """
    made = administrators_made(account.earlier.values())
    for principal in account.principals:
        since = made.get(principal.arn)
        if since is None or account.taken_at - since <= timedelta(hours=max_age_hours):
            continue
        is_known = any(matches(known, principal.arn) for known in known_administrators)
        if not is_known and rules_over_identities(account, principal):
            yield Evidence(
                resource=principal.resource,
                summary=(
                    f"{principal} was made an administrator on {since:%Y-%m-%d at %H:%M} UTC,"
                    " and still is one"
                ),
                principal=principal.arn,
                occasion=format_time(since),
                data={"administrator_since": format_time(since)},
            )
