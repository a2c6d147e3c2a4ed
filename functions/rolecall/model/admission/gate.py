"""The gate of a role: who from outside its trust policy, and the organization, let through."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rolecall.model.account import Account
from rolecall.model.admission.bars import bar
from rolecall.model.admission.strangers import Situation, Stranger
from rolecall.model.admission.terms import Answer, Kind, Term, answer, holds_without
from rolecall.model.principals import Role
from rolecall.model.trust import TrustedParty, is_about, trusted_parties
from rolecall.policy import Policy, Principal, Statement
from rolecall.policy.arn import account_of
from rolecall.policy.wildcards import any_of

_FROM_SERVICES = ("aws:source", "aws:principalisawsservice", "aws:principalservicename")


@dataclass(frozen=True, slots=True)
class Passage:
    """How somebody gets in: through which statement, on which open terms, and what is before it."""

    party: TrustedParty
    terms: tuple[Term, ...] = ()
    blocked_by: str = ""
    """Name of the policy whose Deny takes it away; empty where none does."""
    is_by_service: bool = False
    """Whether an AWS service has to ask on the caller's behalf."""

    @property
    def verdict(self) -> str:
        """Whether it is granted, conditional or blocked."""
        if self.blocked_by:
            return "blocked"
        return "conditional" if self.terms or self.is_by_service else "granted"

    def takes(self, *kinds: Kind) -> bool:
        """Tell whether one of the open terms is of these kinds."""
        return any(term.kind in kinds for term in self.terms)

    @property
    def ease(self) -> tuple[int, int, int]:
        """How hard it is to get in: the easiest way is the one to speak of."""
        return (bool(self.blocked_by), self.is_by_service, len(self.terms))


def passages(
    account: Account, role: Role, stranger: Stranger, *, only: Principal | None = None
) -> Iterator[Passage]:
    """Yield the ways in which a stranger becomes the role, of each statement the easiest one."""
    organization = account.organization.id if account.organization else ""
    situations = list(stranger.situations(account.id, organization))
    for party in _parties_for(role, stranger):
        if only not in (None, party.principal) or not _names(party.principal, stranger):
            continue
        found = [way for each in situations if (way := _way(account, role, party, each))]
        if found:
            yield min(found, key=lambda passage: passage.ease)


def _parties_for(role: Role, stranger: Stranger) -> Iterator[TrustedParty]:
    """Yield those who may be the stranger; each account finds its own among thousands."""
    remembered = role.trust.remembered
    if "by account" not in remembered:
        remembered["by account"] = _by_account(trusted_parties(role.trust))
    by_account, others = remembered["by account"]
    yield from (*by_account.get(stranger.account_id, ()), *others)


def _by_account(
    parties: Iterable[TrustedParty],
) -> tuple[dict[str, list[TrustedParty]], list[TrustedParty]]:
    """Sort parties by the one account that they are of, and apart from them those of any."""
    found: dict[str, list[TrustedParty]] = {}
    others: list[TrustedParty] = []
    for party in parties:
        named = party.principal.account_id
        if party.principal.kind == "AWS" and named.isdigit():
            found.setdefault(named, []).append(party)
        else:
            others.append(party)
    return found, others


def _way(account: Account, role: Role, party: TrustedParty, at: Situation) -> Passage | None:
    if at.is_by_service and not _means_services(party):
        return None
    answers = [(answer(condition, at), condition) for condition in party.conditions]
    if any(each is False for each, _ in answers):
        return None
    terms = [Term(each, condition) for each, condition in answers if isinstance(each, Kind)]
    for name, deny in denies(account, role):
        escape = _escape(deny, at, party.principal)
        if escape is None:
            return Passage(party, tuple(terms), name, at.is_by_service)
        terms += escape
    return Passage(party, tuple(terms), "", at.is_by_service)


def _means_services(party: TrustedParty) -> bool:
    """Tell whether a statement for anyone demands what only services send."""
    return party.principal.is_anyone and any(
        condition.folded_key.startswith(_FROM_SERVICES) and not holds_without(condition)
        for condition in party.conditions
    )


def _escape(deny: Statement, at: Situation, asking: Principal) -> list[Term] | None:
    """Return what it takes to escape a Deny, nothing where it does not apply; None: nobody can."""
    if not _bars_principal(deny, at.stranger, asking):
        return []
    bars: list[tuple[Answer, Term | None]] = []
    for condition in deny.conditions:
        found = bar(condition, at)
        bars.append((found, Term(found, condition) if isinstance(found, Kind) else None))
    if any(found is False for found, _ in bars):
        return []
    return [term for _, term in bars if term] or None


def denies(
    account: Account, role: Role, action: str = "sts:assumerole"
) -> Iterator[tuple[str, Statement]]:
    """Yield the Deny statements about assuming the role, with the names of their policies.

    They are those of the trust policy and of the organization's resource control policies.
    """
    levels: Iterable[Policy] = (
        policy for level in account.guardrails.rcps or () for policy in level
    )
    named = [("the trust policy itself", role.trust)]
    named += [(f"resource control policy {policy.name}", policy) for policy in levels]
    for name, policy in named:
        for statement in policy.statements:
            if not statement.allows and is_about(statement, action) and _fits(statement, role):
                yield name, statement


def _fits(statement: Statement, role: Role) -> bool:
    if statement.resources:
        return any_of(statement.resources)(role.arn)
    return not (statement.not_resources and any_of(statement.not_resources)(role.arn))


def _bars_principal(deny: Statement, stranger: Stranger, asking: Principal) -> bool:
    if deny.not_principals:
        return not any(_names(each, stranger) for each in deny.not_principals)
    if not deny.principals:
        return True
    return any(
        each.is_anyone or each == asking or (each.is_account and _names(each, stranger))
        for each in deny.principals
    )


def _names(principal: Principal, stranger: Stranger) -> bool:
    """Tell whether a principal of a policy may be the stranger."""
    if principal.is_anyone:
        return True
    if principal.kind != "AWS" or principal.is_unique_id:
        return False
    return any_of((principal.account_id or account_of(principal.value),))(stranger.account_id)
