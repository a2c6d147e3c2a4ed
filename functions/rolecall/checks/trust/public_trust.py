"""Roles that anyone in any AWS account can become."""

# Longer than 60 lines because each kind of limit is graded on its own.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.admission.networks import are_within
from rolecall.model.admission.outsiders import Access, Kind, accesses
from rolecall.model.admission.telling import severity_of, terms_in_words, told, weighed
from rolecall.model.admission.terms import Kind as Term
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="public-trust",
    title="No role can be assumed by just anyone",
    severity=Severity.CRITICAL,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    weighs=RIGHTS,
    remediation=(
        "Name the accounts, or demand your organization with StringEquals aws:PrincipalOrgID."
        " Look in CloudTrail for AssumeRole of this role from accounts that you do not know."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html",
    ),
)
def public_trust(account: Account, *, trusted_networks: tuple[str, ...] = ()) -> Iterator[Evidence]:
    """Account numbers and role names are no secrets: people try them, millions a day.

    Every condition is asked what it means to a stranger, who chooses session names, tags and role
    names freely and whom `aws:ResourceAccount` does not stop. An external id, MFA or addresses
    leave it at HIGH; one's own VPC, or a service that has to call on the stranger's behalf with
    the stranger's rights, at LOW. `trusted_networks` are addresses behind which only you are.
    """
    for access in accesses(account):
        if access.kind is not Kind.PUBLIC or _is_trusted(access, trusted_networks):
            continue
        through = " through an AWS service" if access.passage.is_by_service else ""
        yield graded(
            told(
                access,
                f"{access.role} can be assumed by anyone in any AWS account{through}"
                f"{terms_in_words(access)}",
            ),
            severity_of(access, _severity(access)),
            account,
            weighed(access),
        )


def _severity(access: Access) -> Severity:
    if access.passage.takes(Term.VPC, Term.VIA_SERVICE):
        return Severity.LOW
    is_open = not access.passage.terms and not access.passage.is_by_service
    return Severity.CRITICAL if is_open else Severity.HIGH


def _is_trusted(access: Access, networks: tuple[str, ...]) -> bool:
    return any(
        term.kind is Term.ADDRESS and are_within(term.condition.values, networks)
        for term in access.passage.terms
    )
