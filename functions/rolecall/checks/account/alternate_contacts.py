"""Accounts of which AWS does not know whom to tell."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity

_SECURITY = "SECURITY"


@Check(
    id="alternate-contacts",
    title="AWS knows whom to tell of an abuse",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.CONTACTS}),
    remediation=(
        "Set the contact, to a team's mailbox and telephone, not a person's. In an organization do"
        " it from the management account, for all accounts in one loop."
    ),
    references=(
        "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html",
    ),
    compliance=(
        Control("AWS FSBP", "1.0.0", "Account.1"),
        Control("CIS AWS Foundations", "3.0.0", "1.2"),
        Control("CIS AWS Foundations", "5.0.0", "1.2"),
    ),
    choices={"wanted_contacts": (_SECURITY, "BILLING", "OPERATIONS")},
)
def alternate_contacts(
    account: Account, *, wanted_contacts: tuple[str, ...] = (_SECURITY,)
) -> Iterator[Evidence]:
    """AWS writes to somebody when it finds a key in public, or an attack that comes from here.

    Without a security contact that is the mailbox of the root user, which nobody reads on a
    Sunday. `wanted_contacts` may name BILLING and OPERATIONS as well, whose lack is LOW. Who the
    contacts are is not read.
    """
    missing = [kind for kind in wanted_contacts if kind not in account.contacts.kinds]
    if missing:
        of_security = _SECURITY in missing
        named = " and ".join(kind.lower() for kind in missing)
        yield Evidence(
            resource=account.resource,
            summary=f"account {account.id} has no alternate contact for {named}",
            severity=Severity.MEDIUM if of_security else Severity.LOW,
            commands=tuple(
                aws(
                    "account put-alternate-contact"
                    " --name NAME --title TITLE --email-address EMAIL --phone-number PHONE",
                    alternate_contact_type=kind,
                )
                for kind in missing
            ),
            data={"missing": missing},
        )
