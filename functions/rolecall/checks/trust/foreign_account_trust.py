"""Roles that accounts outside the organization can become."""

# Longer than 60 lines because whom a policy lets in is told with its terms.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.admission.outsiders import Access, Kind, accesses
from rolecall.model.admission.telling import (
    outsider_in_words,
    severity_of,
    terms_in_words,
    told,
    weighed,
)
from rolecall.model.admission.terms import Kind as Term
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.vendors import vendor_of


@Check(
    id="foreign-account-trust",
    title="Roles trust only accounts of the organization",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS, Part.ORGANIZATION}),
    weighs=RIGHTS,
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
    account: Account,
    *,
    trusted_accounts: tuple[str, ...] = (),
    trusted_organizations: tuple[str, ...] = (),
) -> Iterator[Evidence]:
    """Whoever runs a trusted account decides who becomes the role, and you see none of it.

    Conditions that admit only the own organization or named accounts are respected, and so is a
    Deny, be it the organization's. An external id or MFA lowers the severity: they keep others
    out, but not the vendor.
    """
    trusted = {*trusted_accounts, *trusted_organizations}
    for access in accesses(account):
        if access.kind not in (Kind.ACCOUNT, Kind.ORGANIZATION) or access.outsider in trusted:
            continue
        vendor = vendor_of(access.outsider)
        through = " through an AWS service" if access.passage.is_by_service else ""
        yield graded(
            told(
                access,
                f"{access.role} can be assumed by {outsider_in_words(access)}{through}"
                f"{terms_in_words(access)}",
                {
                    "account": access.outsider,
                    "vendor": vendor.name if vendor else None,
                    "vendor_source": vendor.source if vendor else None,
                },
            ),
            severity_of(access, _severity(access)),
            account,
            weighed(access),
        )


def _severity(access: Access) -> Severity:
    is_guarded = access.passage.takes(Term.EXTERNAL_ID, Term.MFA, Term.VPC, Term.VIA_SERVICE)
    return Severity.MEDIUM if is_guarded else Severity.HIGH
