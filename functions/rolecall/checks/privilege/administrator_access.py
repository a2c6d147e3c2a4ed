"""Principals that may do everything, or give themselves the right to."""

# Longer than 60 lines because the policies at fault are named and can be taken away.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import take_policy_away
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.principals import HeldPolicy, Role, User
from rolecall.model.privilege import is_administrator, power_of
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.policy import PolicySet
from rolecall.policy.wildcards import matches


@Check(
    id="administrator-access",
    title="Administrators are few and known",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Give the principal the permissions that its work needs instead. Where somebody must be an"
        " administrator, let them become one for an hour, through Identity Center and with MFA;"
        " list its ARN under known_administrators of this rule, where * stands for any account."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
    ),
    compliance=(
        Control("AWS FSBP", "1.0.0", "IAM.1"),
        Control("CIS AWS Foundations", "3.0.0", "1.16"),
        Control("CIS AWS Foundations", "5.0.0", "1.15"),
    ),
)
def administrator_access(
    account: Account, *, known_administrators: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """Whoever steals an administrator has the account, and can hide having it.

    Judged is what a principal may do after all its policies: inline, managed and inherited from
    groups, less what a Deny, its permissions boundary or the organization takes away. An
    administrator is whoever may, without conditions and on everything, change what anybody may do.
    """
    for principal in account.principals:
        service_linked = isinstance(principal, Role) and principal.is_service_linked
        if service_linked or any(matches(known, principal.arn) for known in known_administrators):
            continue
        if power_of(account, principal).is_administrator:
            yield _evidence(principal)


def _evidence(principal: User | Role) -> Evidence:
    causes = [held for held in principal.policies if is_administrator(_alone(held))]
    by = " and ".join(map(str, causes)) or "its policies taken together"
    return Evidence(
        resource=principal.resource,
        summary=f"{principal} is an administrator through {by}",
        principal=principal.arn,
        severity=_severity(principal),
        commands=tuple(_take_away(held, principal) for held in causes),
        data={
            "policies": [held.arn or held.name for held in causes],
            "groups": sorted({held.group for held in causes if held.group}),
        },
    )


def _alone(held: HeldPolicy) -> PolicySet:
    return PolicySet(identity=(held.policy,))


def _severity(principal: User | Role) -> Severity:
    """Users keep their credentials for years, Identity Center's roles hand them out for hours."""
    if isinstance(principal, User):
        return Severity.CRITICAL
    return Severity.LOW if principal.is_from_identity_center else Severity.HIGH


def _take_away(held: HeldPolicy, principal: User | Role) -> str:
    kind = "user" if isinstance(principal, User) else "role"
    holder = ("group", held.group) if held.group else (kind, principal.name)
    return take_policy_away(*holder, held.name, held.arn)
