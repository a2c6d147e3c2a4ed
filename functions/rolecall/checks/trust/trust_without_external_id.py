"""Roles that foreign accounts become without an external id and without MFA."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.admission.outsiders import Kind, accesses
from rolecall.model.admission.telling import outsider_in_words, told
from rolecall.model.admission.terms import Kind as Term
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="trust-without-external-id",
    title="Foreign accounts need an external id or MFA",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS, Part.ORGANIZATION}),
    weighs=RIGHTS,
    remediation=(
        "Ask the vendor for the external id that it made for you, and demand it with StringEquals"
        " sts:ExternalId. Where people of the other account assume the role, demand MFA with"
        " Bool aws:MultiFactorAuthPresent."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
    ),
)
def trust_without_external_id(
    account: Account, *, trusted_accounts: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """A vendor's other customer who tells it your role's ARN is let in by the vendor.

    The external id says for whom the vendor works at the moment, MFA that a person is there;
    either will do. `trusted_accounts` are accounts of your own outside the organization.
    """
    enough = (Term.EXTERNAL_ID, Term.MFA)
    for access in accesses(account):
        passage = access.passage
        if access.kind is not Kind.ACCOUNT or access.outsider in trusted_accounts:
            continue
        if passage.takes(*enough) or passage.blocked_by or passage.is_by_service:
            continue
        who = outsider_in_words(access)
        evidence = told(access, f"{access.role}: {who} needs neither an external id nor MFA")
        yield graded(evidence, Severity.MEDIUM, account, access.role)
