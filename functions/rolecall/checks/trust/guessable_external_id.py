"""External ids that somebody else can guess."""

# Longer than 60 lines because there are several ways of being guessed.

from collections import defaultdict
from collections.abc import Iterator, Mapping

from rolecall.model.account import Account
from rolecall.model.admission.external_ids import why_guessable
from rolecall.model.admission.outsiders import Access, Kind, accesses
from rolecall.model.admission.telling import outsider_in_words, told
from rolecall.model.admission.terms import Kind as Term
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.vendors import vendor_of


@Check(
    id="guessable-external-id",
    title="External ids cannot be guessed",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS, Part.ORGANIZATION}),
    weighs=RIGHTS,
    remediation=(
        "Have the vendor make a long random external id for you alone, such as a UUID, and take"
        " that one into the trust policy. A vendor that lets its customers choose the external id"
        " has the problem for all of them: tell it."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
    ),
)
def guessable_external_id(
    account: Account, *, company_names: tuple[str, ...] = (), min_length_characters: int = 12
) -> Iterator[Evidence]:
    """An external id that others can guess keeps none of the vendor's other customers out.

    Guessed are account ids, names (of the role, the vendor, the account, the company, which
    `company_names` tells), short ones, counted ones, and ids that several vendors share. Accounts
    that the register gives one owner, or that one statement names, are taken for one vendor's.
    """
    names = (account.membership.name, *company_names)
    shared = _shared(account)
    for access in accesses(account):
        for value in _external_ids(access):
            known = (access.role.name, *names)
            why = why_guessable(value, known, min_length_characters)
            if not why and len(shared[value]) > 1:
                why = f"is the same for {' and '.join(shared[value])}"
            if why and not access.passage.blocked_by:
                who = outsider_in_words(access)
                summary = f"{access.role}: the external id for {who} {why}"
                yield graded(told(access, summary), Severity.MEDIUM, account, access.role)
                break


def _external_ids(access: Access) -> Iterator[str]:
    if access.kind in (Kind.ACCOUNT, Kind.PUBLIC):
        for term in access.passage.terms:
            if term.kind is Term.EXTERNAL_ID:
                yield from term.condition.values


def _shared(account: Account) -> Mapping[str, list[str]]:
    """Return the outsiders by the external id that they use, one of each vendor."""
    marks_by_value: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for access in accesses(account):
        for value in _external_ids(access):
            vendors = marks_by_value[value]
            marks = _marks(access)
            same = [name for name, known in vendors.items() if known & marks]
            marks.update(*map(vendors.pop, same))
            vendors[min([*same, access.outsider])] = marks
    return {value: sorted(vendors) for value, vendors in marks_by_value.items()}


def _marks(access: Access) -> set[str]:
    """Return what tells that two accounts are one vendor's: its name, or one statement."""
    vendor = vendor_of(access.outsider)
    names = {vendor.name} if vendor else set()
    return {access.outsider, f"{access.role.arn} {access.passage.party.label}", *names}
