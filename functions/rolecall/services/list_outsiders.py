"""Everybody from outside who gets in, with every role and what it can do."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from rolecall.model.account import Account
from rolecall.model.admission.outsiders import Access, Kind, accesses
from rolecall.model.admission.rights import reach_of
from rolecall.model.admission.words import conditions_in_words
from rolecall.model.credentials import LastUse
from rolecall.model.privilege import power_of
from rolecall.model.vendors import vendor_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One role that an outsider can become."""

    role: str
    """Its ARN."""
    file: str
    """The file that the account was read from; empty for a live one."""
    verdict: str
    blocked_by: str
    subject: str
    """Whose tokens are accepted, in words; empty where no tokens are."""
    conditions: tuple[str, ...]
    is_administrator: bool | None
    """None where not all of its policies could be read."""
    classes: tuple[str, ...]
    """Of sensitive actions that it may use on every resource."""
    services: tuple[str, ...]
    created_at: datetime
    last_use: LastUse


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody from outside, with all the roles that are open to them."""

    kind: Kind
    id: str
    """The account, the organization or the provider's ARN; `*` for the public."""
    name: str
    """Whose it is, where that is known."""
    source: str
    """The page that says so."""
    openings: tuple[Opening, ...]


_ORDER = list(Kind)


def list_outsiders(accounts: Iterable[tuple[str, Account]]) -> list[Outsider]:
    """Return the outsiders of all the accounts, each with the file that it was read from.

    The public comes first, then accounts, organizations and providers. Whoever is in one of the
    accounts' organization, or is one of the accounts, is still an outsider to those that belong
    to none.
    """
    found: dict[tuple[Kind, str], list[Opening]] = defaultdict(list)
    names: dict[tuple[Kind, str], tuple[str, str]] = {}
    for file, account in accounts:
        for access in accesses(account):
            key = (access.kind, access.outsider)
            found[key].append(_opening(account, access, file))
            names[key] = _name(access)
    ranked = sorted(found, key=lambda key: (_ORDER.index(key[0]), key[1]))
    return [Outsider(*key, *names[key], tuple(found[key])) for key in ranked]


def _opening(account: Account, access: Access, file: str) -> Opening:
    role, passage = access.role, access.passage
    is_known = not role.unread
    reach = reach_of(account, role) if is_known else None
    return Opening(
        role=role.arn,
        file=file,
        verdict=passage.verdict,
        blocked_by=passage.blocked_by,
        subject=access.tokens.subject.words if access.tokens else "",
        conditions=tuple(conditions_in_words(passage.party.conditions)),
        is_administrator=power_of(account, role).is_administrator if is_known else None,
        classes=reach.classes if reach else (),
        services=reach.services if reach else (),
        created_at=role.created_at,
        last_use=role.last_use,
    )


def _name(access: Access) -> tuple[str, str]:
    if access.kind is Kind.ACCOUNT and (vendor := vendor_of(access.outsider)):
        return vendor.name, vendor.source
    if access.tokens:
        return access.tokens.issuer.name, access.tokens.issuer.source
    return "", ""
