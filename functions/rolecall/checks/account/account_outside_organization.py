"""Accounts that stand alone."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws, comment, shorthand
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="account-outside-organization",
    title="Accounts belong to an organization",
    severity=Severity.HIGH,
    needs=frozenset({Part.ORGANIZATION}),
    remediation=(
        "Invite the account from the management account and accept from here, or create an"
        " organization with this account alone as its start. An account that has to stand alone"
        " deserves an exception with a reason."
    ),
    references=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_invites.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/account-controls.html",
    ),
)
def account_outside_organization(account: Account) -> Iterator[Evidence]:
    """Nothing limits an account that stands alone, and nobody else has its logs or its root."""
    organization = account.organization
    if organization is not None and not organization.id:
        yield Evidence(
            resource=account.resource,
            summary=f"account {account.id} belongs to no organization",
            commands=(
                comment("in the management account:"),
                aws(
                    "organizations invite-account-to-organization",
                    target=shorthand(Id=account.id, Type="ACCOUNT"),
                ),
                comment("then here:"),
                aws("organizations accept-handshake", handshake_id="HANDSHAKE_ID"),
            ),
        )
