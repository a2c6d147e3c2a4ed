"""What the use cases need from the outside world; adapters say how, tests use fakes."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.coverage import AccountCoverage
from rolecall.model.evidence import Json
from rolecall.model.exceptions import RuleException
from rolecall.model.finding import Finding, Status
from rolecall.model.key_proof import KnownKey, Lookup
from rolecall.model.organization import Organization
from rolecall.model.severity import Severity


class Clock(Protocol):
    """Tells the time."""

    def __call__(self) -> datetime:
        """Return now, aware."""
        ...


class Accounts(Protocol):
    """The accounts that can be read."""

    def snapshot(self, account_id: str, needed: frozenset[Part]) -> Account:
        """Read the account as it is now: policies, credential report, and the parts needed.

        Whatever cannot be read is a gap of the snapshot, never an exception and never an absence.
        """
        ...


class Findings(Protocol):
    """The findings table."""

    def of_account(self, account_id: str, rule_ids: Collection[str]) -> list[Finding]:
        """Return every stored finding of these rules on the account, resolved ones too.

        And those of all other rules that are suppressed, for their exceptions may be over.
        """
        ...

    def save(self, findings: Iterable[Finding]) -> None:
        """Write the findings as they are, over what was there."""
        ...

    def add(self, finding: Finding) -> bool:
        """Write the finding unless it is there already, as bad or worse; tell whether it was.

        What several events tell may get worse with each of them, and is one finding.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingQuery:
    """Which findings somebody asks for; what is None does not restrict."""

    account_id: str | None = None
    resource: str | None = None
    principal: str | None = None
    rule: str | None = None
    severity: Severity | None = None
    """At least this severe."""
    status: Status | None = Status.OPEN
    changed_since: datetime | None = None

    def accepts(self, finding: Finding) -> bool:
        """Tell whether the finding is among those asked for."""
        return (
            self.account_id in (None, finding.account_id)
            and self.resource in (None, finding.resource.arn)
            and self.principal in (None, finding.principal)
            and self.rule in (None, finding.rule)
            and self.status in (None, finding.status)
            and (self.severity is None or finding.severity >= self.severity)
            and (self.changed_since is None or finding.changed_at >= self.changed_since)
        )


class FindingSearch(Protocol):
    """The questions people ask of the findings table."""

    def get(self, finding_id: str) -> Finding | None:
        """Return one finding; None when there is none of that id."""
        ...

    def search(self, query: FindingQuery) -> Iterator[Finding]:
        """Yield every finding that the query accepts, through the index that fits it best.

        Open findings of which nothing else is asked than severity and time come the worst first.
        """
        ...


class Coverage(Protocol):
    """What the audits could see, and which accounts there are."""

    def save(self, coverage: AccountCoverage) -> None:
        """Keep the last word of an audit on an account."""
        ...

    def of_audit(self, audit: str, account_ids: Collection[str]) -> dict[str, AccountCoverage]:
        """Return the last word of the audit on each of the accounts that it has one for."""
        ...

    def save_organization(self, organization: Organization) -> None:
        """Keep the list of accounts, so that audits of one account know who is foreign."""
        ...

    def organization(self) -> Organization | None:
        """Return the list of accounts; None when no run has written it yet."""
        ...


class Exceptions(Protocol):
    """The exceptions that people stored; the reviewed ones are settings."""

    def all(self) -> list[RuleException]:
        """Return every stored exception, ended ones too."""
        ...

    def save(self, exception: RuleException) -> None:
        """Keep the exception, in place of an earlier one of the same id."""
        ...

    def remove(self, exception_id: str) -> None:
        """Forget the exception; nothing happens when there is none of that id."""
        ...


class Directory(Protocol):
    """Who knows the accounts of the organization."""

    def organization(self) -> Organization:
        """Return all active accounts, every page of them; raise when a page cannot be read."""
        ...


class KeyHistory(Protocol):
    """What AWS knows of the use of one access key."""

    def find(self, key_id: str) -> KnownKey | None:
        """Return the key and its user; None when the account has no such key."""
        ...

    def lookup(self, key_id: str, region: str, since: datetime) -> Lookup:
        """Return the newest calls made with the key in one region; never raise."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One notification, for people and for machines at once."""

    subject: str
    """One line; the adapter cuts it to what its technology takes."""
    text: str
    data: Mapping[str, Json]
    attributes: Mapping[str, str]
    """What subscribers may filter by: severity, account, rule, news."""


class Messages(Protocol):
    """Where people and machines are told."""

    def publish(self, message: Message) -> None:
        """Publish one message; raise when it was not accepted."""
        ...
