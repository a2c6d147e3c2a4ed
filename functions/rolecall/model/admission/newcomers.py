"""Whom the trust policy in an event lets in: the role as it will be, without its account."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolecall.model.account import Account
from rolecall.model.admission.outsiders import Access, Kind, accesses
from rolecall.model.admission.telling import outsider_in_words, terms_in_words
from rolecall.model.admission.terms import Kind as Term
from rolecall.model.event import CloudTrailEvent
from rolecall.model.federation.subjects import Width
from rolecall.model.principals import Role
from rolecall.model.severity import Severity
from rolecall.model.trust import trusted_parties
from rolecall.policy import Policy, PolicyError

_OF_WIDTH = {
    Width.EVERYBODY: Severity.CRITICAL,
    Width.ORGANIZATION: Severity.MEDIUM,
    Width.PROJECT: Severity.LOW,
}
_OF_KIND = {
    Kind.ORGANIZATION: Severity.MEDIUM,
    Kind.CERTIFICATE: Severity.MEDIUM,
    Kind.SAML: Severity.LOW,
}
_GUARDS = (Term.EXTERNAL_ID, Term.MFA, Term.VPC, Term.VIA_SERVICE)


@dataclass(frozen=True, slots=True)
class Admission:
    """Whom a trust policy lets in."""

    severity: Severity
    """The gravity of the widest way in from outside; INFORMATIONAL where there is none."""
    trusted: tuple[str, ...]
    """Everybody whom it names, as it names them."""
    outsiders: tuple[str, ...]
    """Who gets in from outside the account, and on what terms, in words; the gravest first."""


UNSHOWN = Admission(Severity.HIGH, (), ())
"""A trust policy that the event does not show."""


def admission_of(
    event: CloudTrailEvent, parameter: str, role_name: str, trusted: tuple[str, ...]
) -> Admission:
    """Judge the trust policy in a request; accounts and organizations in `trusted` are ours.

    An event does not tell which organization its account is in: other accounts of it have to be
    told, or they are taken for strangers.
    """
    try:
        trust = Policy.parse(event.requested(parameter))
    except PolicyError:
        return UNSHOWN
    arn = event.iam_arn(f"role/{role_name}")
    role = Role(name=role_name, arn=arn, created_at=event.at, trust=trust)
    account = Account(
        id=event.account_id, partition=event.partition, taken_at=event.at, roles=(role,)
    )
    found = sorted(_graded(account, frozenset(trusted)), key=lambda each: -each[0])
    return Admission(
        severity=found[0][0] if found else Severity.INFORMATIONAL,
        trusted=tuple(sorted({str(each.principal) for each in trusted_parties(trust)})),
        outsiders=tuple(outsider_in_words(each) + terms_in_words(each) for _, each in found),
    )


def _graded(account: Account, ours: frozenset[str]) -> Iterator[tuple[Severity, Access]]:
    for access in accesses(account):
        if access.outsider not in ours and not access.passage.blocked_by:
            severity = _severity(access)
            if severity is not None:
                yield severity, access


def _severity(access: Access) -> Severity | None:
    """Return how grave a way in is; None for a token of the one that the role is for."""
    passage = access.passage
    if access.kind is Kind.PUBLIC:
        if passage.takes(Term.VPC, Term.VIA_SERVICE):
            return Severity.LOW
        return Severity.HIGH if passage.terms or passage.is_by_service else Severity.CRITICAL
    if access.kind is Kind.ACCOUNT:
        return Severity.MEDIUM if passage.takes(*_GUARDS) else Severity.HIGH
    if access.tokens is not None:
        return _OF_WIDTH.get(access.tokens.subject.width)
    return _OF_KIND[access.kind]
