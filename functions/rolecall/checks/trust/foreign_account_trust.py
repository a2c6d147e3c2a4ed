"""Roles that accounts outside the organization can become."""

# Longer than 60 lines because whom a policy lets in is told with its terms.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import change_trust, show_trust
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.organization import Organization
from rolecall.model.principals import Role
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.trust import TrustedParty, trusted_parties


@Check(
    id="foreign-account-trust",
    title="Roles trust only accounts of the organization",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS, Part.ORGANIZATION}),
    remediation=(
        "Find out whose account it is and who agreed to it. Remove it from the trust policy if"
        " nobody did. Where a vendor needs it, demand an external id that the vendor chose for"
        " you, and list the account under trusted_accounts of this rule."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    ),
)
def foreign_account_trust(
    account: Account, *, trusted_accounts: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """Whoever runs a trusted account decides who becomes the role, and you see none of it.

    Conditions that admit only the own organization or named accounts are respected; an external
    id lowers the severity, for it keeps the vendor's other customers out but not the vendor.
    """
    organization = account.organization or Organization("", frozenset())
    ours = {account.id, *organization.account_ids, *trusted_accounts}
    for role in account.roles:
        seen: set[str] = set()
        for party in trusted_parties(role.trust):
            if organization.id and party.is_limited_to_organization(organization.id):
                continue
            for foreign in sorted(party.accounts - ours - seen):
                seen.add(foreign)
                yield _evidence(role, party, foreign)


def _evidence(role: Role, party: TrustedParty, foreign: str) -> Evidence:
    terms = sorted({condition.key for condition in party.conditions})
    who = "anyone in any AWS account" if foreign == "*" else f"account {foreign}"
    on = f" (conditions: {', '.join(terms)})" if terms else " without any condition"
    return Evidence(
        resource=role.resource,
        summary=f"{role} can be assumed by {who}{on}",
        principal=role.arn,
        severity=_severity(party, foreign),
        commands=(
            show_trust(role.name),
            change_trust(role.name),
        ),
        data={"account": foreign, "principal": str(party.principal), "conditions": terms},
        occasion=foreign,
    )


def _severity(party: TrustedParty, foreign: str) -> Severity:
    if foreign == "*":
        return Severity.HIGH if party.conditions else Severity.CRITICAL
    return Severity.MEDIUM if party.needs_external_id else Severity.HIGH
