"""Accounts that stand right below the root of their organization."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity

_SHOWN = 20


@Check(
    id="accounts-outside-units",
    title="Accounts are in organizational units",
    severity=Severity.LOW,
    needs=frozenset({Part.ORGANIZATION, Part.ORGANIZATION_ACCOUNTS}),
    remediation=(
        "Move each account into the unit of its work. The policies of the unit apply at once, so"
        " read them first; moving back takes them away again."
    ),
    references=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html",
        "https://docs.aws.amazon.com/whitepapers/latest/organizing-your-aws-environment/organizing-your-aws-environment.html",
    ),
)
def accounts_outside_units(account: Account) -> Iterator[Evidence]:
    """Policies are attached to units; what is in none is missed by them.

    One finding for the organization, in the management account, which may stand at the root
    itself, as no such policy reaches it.
    """
    organization = account.organization
    if organization is None or not account.is_management_account:
        return
    outside = sorted(
        each.id
        for each in organization.accounts.values()
        if each.is_active and len(each.parents) == 1 and each.id != account.id
    )
    if outside:
        more = ", ..." if len(outside) > _SHOWN else ""
        yield Evidence(
            resource=account.resource,
            summary="in no organizational unit are the accounts"
            f" {', '.join(outside[:_SHOWN])}{more}",
            commands=tuple(
                aws(
                    "organizations move-account",
                    account_id=each,
                    source_parent_id=organization.accounts[each].parents[0],
                    destination_parent_id="OU_ID",
                )
                for each in outside[:_SHOWN]
            ),
            data={"accounts": outside[:_SHOWN], "number": len(outside)},
        )
