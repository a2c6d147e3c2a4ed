"""Everybody from outside who can become a role, and how."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from rolecall.model.account import Account
from rolecall.model.admission.gate import Passage, denies, passages
from rolecall.model.admission.strangers import Stranger
from rolecall.model.federation.tokens import Tokens, tokens_of
from rolecall.model.principals import Role
from rolecall.model.trust import TrustedParty, trusted_parties
from rolecall.policy import Principal

_ACCOUNT = re.compile(r"(?<!\d)\d{12}(?!\d)")
_ORGANIZATION = re.compile(r"o-[a-z0-9]{10,32}")
_NAMING = ("account", "arn", ":sourceowner")
"""How the keys end that may name accounts."""


class Kind(StrEnum):
    """What an outsider is."""

    PUBLIC = "public"
    ACCOUNT = "account"
    ORGANIZATION = "organization"
    OIDC = "oidc"
    SAML = "saml"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class Access:
    """One way in for somebody from outside."""

    role: Role
    kind: Kind
    outsider: str
    """The account, the organization or the provider; `*` for the public."""
    passage: Passage
    tokens: Tokens | None = None
    """Which tokens are accepted, of an OIDC provider."""


def accesses(account: Account) -> tuple[Access, ...]:
    """Return every way in from outside; found out once for each snapshot.

    Who belongs to the organization is no outsider; without one, or where it is not known, every
    other account is. Roles that AWS's services own are left out: nobody else can become them.
    """
    if "accesses" not in account.remembered:
        account.remembered["accesses"] = tuple(
            access
            for role in account.roles
            if not role.is_service_linked
            for access in _accesses(account, role)
        )
    found: tuple[Access, ...] = account.remembered["accesses"]
    return found


def _accesses(account: Account, role: Role) -> Iterator[Access]:
    public = list(passages(account, role, Stranger()))
    if public:
        easiest = min(public, key=lambda passage: passage.ease)
        yield Access(role, Kind.PUBLIC, "*", easiest)
    open_to_all = [passage.party for passage in public]
    parties = [party for party in trusted_parties(role.trust) if party not in open_to_all]
    organizations = _named_organizations(account, parties)
    for foreign in _named_accounts(account, parties):
        strangers = [Stranger(foreign), *(Stranger(foreign, each) for each in organizations)]
        found = [way for each in strangers for way in passages(account, role, each)]
        own = [way for way in found if way.party not in open_to_all]
        if own:
            yield Access(role, Kind.ACCOUNT, foreign, min(own, key=lambda way: way.ease))
    for organization in organizations:
        members = list(passages(account, role, Stranger(organization=organization)))
        if members and not public:
            yield Access(role, Kind.ORGANIZATION, organization, members[0])
    yield from _federated(account, role, parties)


def _federated(account: Account, role: Role, parties: list[TrustedParty]) -> Iterator[Access]:
    for party in parties:
        value = party.principal.value
        if value == "rolesanywhere.amazonaws.com":
            yield Access(role, Kind.CERTIFICATE, value, Passage(party))
        if party.principal.kind != "Federated":
            continue
        is_saml = ":saml-provider/" in value
        action = "sts:assumerolewithsaml" if is_saml else "sts:assumerolewithwebidentity"
        bars = [
            (name, deny)
            for name, deny in denies(account, role, action)
            if not deny.principals or any(_is_named(each, party) for each in deny.principals)
        ]
        blocked = next((name for name, deny in bars if not deny.conditions), "")
        passage = Passage(party, blocked_by=blocked)
        if is_saml:
            yield Access(role, Kind.SAML, value, passage)
            continue
        # With further conditions beside it, a Deny does not hold for all that it names.
        lone = [deny.conditions[0] for _, deny in bars if len(deny.conditions) == 1]
        tokens = tokens_of(value, party.conditions, lone)
        yield Access(role, Kind.OIDC, value, passage, tokens)


def _is_named(principal: Principal, party: TrustedParty) -> bool:
    return principal.is_anyone or principal == party.principal


def ours(account: Account) -> frozenset[str]:
    """Return the accounts that are not outside: this one and those of its organization."""
    organization = account.organization
    known = (*organization.account_ids, *organization.accounts) if organization else ()
    return frozenset((account.id, *known))


def _named_accounts(account: Account, parties: list[TrustedParty]) -> list[str]:
    """Return the foreign accounts that principals or conditions name."""
    named: dict[str, None] = {}
    for party in parties:
        if party.principal.kind == "AWS" and not party.principal.is_unique_id:
            named.update(dict.fromkeys(_ACCOUNT.findall(party.principal.account_id)))
        if not party.principal.is_anyone:
            continue
        for condition in party.conditions:
            if condition.folded_key.endswith(_NAMING) and "Not" not in condition.operator:
                for value in condition.values:
                    named.update(dict.fromkeys(_ACCOUNT.findall(value)))
    return sorted(set(named) - ours(account))


def _named_organizations(account: Account, parties: list[TrustedParty]) -> list[str]:
    own = account.organization.id if account.organization else ""
    named = {
        found
        for party in parties
        for condition in party.conditions
        if condition.folded_key in ("aws:principalorgid", "aws:principalorgpaths")
        for value in condition.values
        for found in _ORGANIZATION.findall(value)
    }
    return sorted(named - {own})
