"""Exceptions: findings that somebody decided to live with, why, and until when."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from rolecall.model.resource_patterns import is_of_one_account, names_somebody
from rolecall.model.scope import Place, Scope
from rolecall.policy.wildcards import matches

if TYPE_CHECKING:
    from rolecall.model.account import Account
    from rolecall.model.finding import Finding

NOTICE = timedelta(days=14)
"""How long before the end of an exception its owner is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleException:
    """Findings that are suppressed, by whom, why, and until when.

    Everything that is given has to fit; what is empty does not restrict.
    """

    finding: str = ""
    """The id of the one finding that it is about."""
    rule: str = ""
    resource: str = ""
    """ARN of the resource, with `*` and `?` as in policies."""
    principal: str = ""
    """ARN of the user or role behind the finding, such as who made a call; with wildcards."""
    scope: Scope = field(default_factory=Scope)
    owner: str
    """Who answers for it: a person or a team that can be asked."""
    reason: str
    ticket: str = ""
    ends_on: date
    """The last day, in UTC, on which it holds."""
    origin: str = ""
    """Where it is written: the key in rolecall.toml, or who stored it with the command line."""

    @property
    def id(self) -> str:
        """What identifies the exception, however its reason and its end may change."""
        # Of what came later only what is given counts: ids of exceptions that exist stay.
        whom = (f"principal {self.principal}",) if self.principal else ()
        about = (self.finding, self.rule, self.resource, *_pairs(self.scope), *whom)
        return hashlib.sha256("\n".join(about).encode()).hexdigest()[:16]

    @property
    def account_id(self) -> str:
        """The one account that it is about; empty where it may reach several."""
        return self.scope.account or self.finding.partition("-")[0]

    @property
    def what(self) -> str:
        """Say in words what it covers."""
        if self.finding:
            return f"finding {self.finding}"
        rule = f"rule {self.rule}" if self.rule else "every rule"
        resource = f" on {self.resource}" if self.resource else ""
        scope = f" in {self.scope}" if self.scope else ""
        principal = f" by {self.principal}" if self.principal else ""
        return f"{rule}{resource}{principal}{scope}"

    @property
    def is_wide(self) -> bool:
        """Whether it hides findings that nobody has seen yet: a whole rule, account, unit or tag.

        Narrow is what names a finding, somebody, or a rule together with an account, a path or the
        value of a tag. Tag keys without a value, and the path `/`, hold for everybody.
        """
        names_place = (
            self.scope.account
            or is_of_one_account(self.resource)
            or self.scope.path.strip("/")
            or "=" in self.scope.tag
        )
        names_one = names_somebody(self.resource) or names_somebody(self.principal)
        return not (self.finding or names_one or (self.rule and names_place))

    def has_ended(self, at: datetime) -> bool:
        """Tell whether its last day is over."""
        return at.date() > self.ends_on

    def ends_soon(self, at: datetime) -> bool:
        """Tell whether it still holds, but not for much longer."""
        return self.ends_on - NOTICE <= at.date() <= self.ends_on

    def epitaph(self, at: datetime) -> str:
        """Say of an exception that suppresses something no more how it came to its end."""
        if self.has_ended(at):
            return f"The exception for {self.what} ended on {self.ends_on}."
        return f"The exception for {self.what} was taken back or changed before {self.ends_on}."

    def covers(self, finding: "Finding", place: Place) -> bool | None:
        """Tell whether the finding is within it; None where too little is known of its place."""
        named = (
            self.finding in ("", finding.id)
            and self.rule in ("", finding.rule)
            and (not self.resource or matches(self.resource, finding.resource.arn))
            and (not self.principal or matches(self.principal, finding.principal or ""))
        )
        return self.scope.covers(place) if named else False

    def facts(self) -> dict[str, str]:
        """Return what evidence about the exception tells machines."""
        return {
            "exception": self.id,
            "owner": self.owner,
            "reason": self.reason,
            "ticket": self.ticket,
            "ends_on": self.ends_on.isoformat(),
            "origin": self.origin,
        }


def told_in(account: "Account") -> Iterator[RuleException]:
    """Yield the exceptions in force that findings of this account tell of.

    One that is about one account is told there; any other in the management account, or in the
    account itself where there is no organization: one cause is one finding.
    """
    organization = account.organization
    is_alone = organization is not None and not organization.id
    for exception in account.exceptions:
        of_all = not exception.account_id and (is_alone or account.is_management_account)
        if (of_all or exception.account_id == account.id) and not exception.has_ended(
            account.taken_at
        ):
            yield exception


def longest(exceptions: Iterable[RuleException]) -> RuleException | None:
    """Return the exception that holds longest, always the same of several; None for none."""
    return max(exceptions, key=lambda each: (each.ends_on, each.id), default=None)


def _pairs(scope: Scope) -> list[str]:
    return [f"{name} {value}" for name, value in scope.members().items()]
