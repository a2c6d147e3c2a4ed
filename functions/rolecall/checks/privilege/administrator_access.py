"""Principals that may do everything, or give themselves the right to."""

# Longer than 60 lines because the policies at fault are named and can be taken away.

from collections.abc import Iterator

from rolecall.model.access_graph.workloads import with_workloads
from rolecall.model.account import Account
from rolecall.model.commands import take_policy_away
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.holdings import Verdict, assumed_by, builds_behind, ending, reasons, weighed
from rolecall.model.holdings.administration import administration, administration_standing
from rolecall.model.principals import HeldPolicy, Role, User
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.policy.sensitive.administrators import (
    makes_administrator,
    rights_of_administrators,
)
from rolecall.policy.sensitive.breadth import breadth_of
from rolecall.policy.sensitive.causes import statements_for
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
        " A build needs the rights of what it deploys, in a role for each target."
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

    An administrator is whoever may, on everything, change what anybody may do: by all policies
    together, inline, managed and inherited from groups. Where conditions decide, the finding says
    which; where a Deny, a boundary or the organization stops it, the finding is information.
    A user is CRITICAL, a role HIGH, a role of Identity Center LOW, for it lends them for hours.
    """
    for principal in account.principals:
        service_linked = isinstance(principal, Role) and principal.is_service_linked
        if service_linked or any(matches(known, principal.arn) for known in known_administrators):
            continue
        if administration(account, principal) is not Verdict.ABSENT:
            yield _evidence(account, principal)


def _evidence(account: Account, principal: User | Role) -> Evidence:
    found = administration_standing(account, principal)
    causes = [
        held
        for held in principal.policies
        if makes_administrator(breadth_of(held.policy, account.id))
    ]
    by = " and ".join(map(str, causes)) or "its policies taken together"
    is_live = found.verdict.is_live
    what = f"{'is' if is_live else 'would be'} an administrator through {by}{ending(found)}"
    return Evidence(
        resource=principal.resource,
        summary=f"{with_workloads(principal)} {what}{_builds(principal)}",
        principal=principal.arn,
        severity=weighed(_severity(principal), found.verdict),
        commands=tuple(_take_away(held, principal) for held in causes if is_live),
        verdict=found.verdict.value,
        data={
            "policies": [held.arn or held.name for held in causes],
            "statements": _statements(account, principal.policies),
            "groups": sorted({held.group for held in causes if held.group}),
            "assumed_by": assumed_by(principal),
            **reasons(found),
        },
    )


def _builds(principal: User | Role) -> str:
    builds = ", ".join(builds_behind(principal))
    return f"; builds run as it ({builds})" if builds else ""


def _severity(principal: User | Role) -> Severity:
    """Users keep their credentials for years, Identity Center's roles hand them out for hours."""
    if isinstance(principal, User):
        return Severity.CRITICAL
    return Severity.LOW if principal.is_from_identity_center else Severity.HIGH


def _statements(account: Account, policies: tuple[HeldPolicy, ...]) -> list[str]:
    """Name the statements that make up the right, in every policy that has a part in it."""
    return [
        f"{statement.label} of {held.name}"
        for held in policies
        for statement in statements_for(held.policy, rights_of_administrators(), account.id)
    ]


def _take_away(held: HeldPolicy, principal: User | Role) -> str:
    kind = "user" if isinstance(principal, User) else "role"
    holder = ("group", held.group) if held.group else (kind, principal.name)
    return take_policy_away(*holder, held.name, held.arn)
