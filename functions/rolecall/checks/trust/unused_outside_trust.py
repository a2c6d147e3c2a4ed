"""Roles for outsiders that nobody has used for long."""

# Longer than 60 lines because a role is told once, with all the outsiders that it is open to.

from collections import defaultdict
from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.admission.outsiders import Access, Kind, accesses
from rolecall.model.admission.telling import outsider_in_words, trust_commands
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.federation.subjects import Width
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="unused-outside-trust",
    title="Roles for outsiders are used",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS, Part.ORGANIZATION}),
    weighs=RIGHTS,
    remediation=(
        "Ask whoever brought the outsider in whether it still works for you. Take it out of the"
        " trust policy, wait for complaints, and delete the role."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed-view-data.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#remove-credentials",
    ),
)
def unused_outside_trust(account: Account, *, max_unused_days: int = 90) -> Iterator[Evidence]:
    """A vendor that no longer works for you still gets in, and so does whoever robs the vendor.

    IAM remembers 400 days of a role's use, by whomever; a role that is younger than
    `max_unused_days` is left alone, and one whose use is not known is not judged.
    """
    outsiders: dict[str, list[Access]] = defaultdict(list)
    for access in accesses(account):
        if _is_outside(access) and not access.passage.blocked_by:
            outsiders[access.role.arn].append(access)
    for found in outsiders.values():
        role = found[0].role
        idle_since = role.last_use.idle_since(role.created_at)
        if idle_since is None or not account.is_older_than(idle_since, max_unused_days):
            continue
        if not account.is_older_than(role.created_at, max_unused_days):
            continue
        yield graded(_evidence(found), Severity.LOW, account, role)


def _is_outside(access: Access) -> bool:
    """Tell whether it is somebody else's, rather than the sign-in or the cluster of one's own."""
    if access.kind is Kind.OIDC:
        return bool(access.tokens and access.tokens.issuer.width is Width.EVERYBODY)
    return access.kind in (Kind.PUBLIC, Kind.ACCOUNT, Kind.ORGANIZATION)


def _evidence(found: list[Access]) -> Evidence:
    role = found[0].role
    who = " and ".join(dict.fromkeys(map(outsider_in_words, found)))
    used_at = role.last_use.at
    when = f"was last used on {format_day(used_at)}" if used_at else "has no use on record"
    return Evidence(
        resource=role.resource,
        summary=f"{role} of {format_day(role.created_at)}, open to {who}, {when}",
        principal=role.arn,
        commands=trust_commands(role),
        data={
            "outsiders": sorted({access.outsider for access in found}),
            "last_used_at": format_time(used_at) if used_at else None,
        },
    )
