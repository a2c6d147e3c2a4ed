"""Callers from outside, and what AWS would know of a request that they make."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rolecall.policy.context import Context

ANYBODY = "*"
"""The account of a caller of whom nothing is known."""
_NO_ACCOUNT = "000000000000"
"""Stands for the account of such a caller in a request: no policy names it."""
_NO_ORGANIZATION = "o-nobodysorg"
SERVICE_ACCOUNT_KEYS = frozenset({"aws:sourceaccount", "aws:sourceowner"})
"""Keys that hold the account on whose behalf a service calls; nobody else sends them."""
_WITHOUT_SERVICE: Mapping[str, tuple[str, ...]] = {
    "aws:principalisawsservice": ("false",),
    **dict.fromkeys(SERVICE_ACCOUNT_KEYS, ()),
    **dict.fromkeys(("aws:sourcearn", "aws:sourceorgid", "aws:sourceorgpaths"), ()),
}
"""What requests tell that no service makes for somebody."""
ACCOUNT_KEYS = SERVICE_ACCOUNT_KEYS | {"aws:principalaccount"}


@dataclass(frozen=True, slots=True)
class Stranger:
    """A caller from outside: of one account, of one organization, or anybody at all."""

    account: str = ANYBODY
    organization: str = ""
    """Of which nothing more is known than that the caller is a member."""

    @property
    def account_id(self) -> str:
        """The account that a request of this caller would show."""
        return _NO_ACCOUNT if self.account == ANYBODY else self.account

    def situations(self, role_account: str, role_organization: str) -> Iterator["Situation"]:
        """Yield the requests that the caller could make for a role of that account."""
        target = {
            "aws:resourceaccount": (role_account,),
            "aws:resourceorgid": (role_organization,) if role_organization else (),
            "aws:securetransport": ("true",),
        }
        direct = {"aws:principalaccount": (self.account_id,), **_WITHOUT_SERVICE}
        if self.organization:
            yield Situation(self, Context({**target, **direct}), self.organization)
            return
        for organization in ("", _NO_ORGANIZATION):
            member = {"aws:principalorgid": (organization,) if organization else ()}
            yield Situation(self, Context({**target, **direct, **member}), organization)
        borne = {
            **dict.fromkeys(SERVICE_ACCOUNT_KEYS, (self.account_id,)),
            "aws:principalisawsservice": ("true",),
            "aws:sourceorgid": (_NO_ORGANIZATION,),
            "aws:principalaccount": (),
        }
        yield Situation(self, Context({**target, **borne}), "", is_by_service=True)


@dataclass(frozen=True, slots=True)
class Situation:
    """One way of asking for a role: by oneself, in or out of an organization, or by a service."""

    stranger: Stranger
    context: Context
    organization: str
    """The organization of the caller; empty: of none."""
    is_by_service: bool = False
    """Whether an AWS service asks on the stranger's behalf."""
