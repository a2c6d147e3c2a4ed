"""What the use cases need of the principals table; adapters say how, tests use fakes."""

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol

from rolecall.model.principal_record import PrincipalRecord, Rank


class Principals(Protocol):
    """What is kept of users and roles between audits."""

    def digests(self, account_id: str) -> dict[str, str]:
        """Return the digest of every record of the account by the principal's ARN."""
        ...

    def records(self, arns: Collection[str]) -> dict[str, PrincipalRecord]:
        """Return the records of these principals by ARN, of those that have one."""
        ...

    def save(self, records: Iterable[PrincipalRecord], before: Iterable[PrincipalRecord]) -> None:
        """Write the records in place of what was there before, of the same or of nobody."""
        ...

    def remove(self, records: Iterable[PrincipalRecord]) -> None:
        """Forget the records with all that was written for them."""
        ...


class PrincipalSearch(Protocol):
    """The questions people ask of what is kept of users and roles."""

    def get(self, arn: str) -> PrincipalRecord | None:
        """Return the record of one principal; None where there is none."""
        ...

    def of_account(self, account_id: str) -> Iterator[PrincipalRecord]:
        """Yield every record of an account."""
        ...

    def of_rank(self, rank: Rank) -> Iterator[PrincipalRecord]:
        """Yield every record of that rank in all accounts; the ordinary ones are not told."""
        ...

    def holders(self, policy_arn: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield who holds a managed policy, as an ARN with the groups that it comes through.

        An empty name among the groups says that it is held directly.
        """
        ...
