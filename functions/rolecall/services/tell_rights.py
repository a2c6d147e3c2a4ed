"""What became of the rights of an account's users and roles, as findings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rolecall.model.account import Account
from rolecall.model.creators import is_same_moment
from rolecall.model.finding import Finding, Sighting, finding_of
from rolecall.model.kept_change import KeptChange
from rolecall.model.permission_change import PermissionChange, fold
from rolecall.model.permission_changes import CREATING, ORGANIZATION
from rolecall.model.principal_record import PrincipalRecord
from rolecall.model.rights_change import RightsChange, compare_records
from rolecall.model.rule import Comparison
from rolecall.model.settings import Settings
from rolecall.services.change_ports import Changes
from rolecall.services.exempt import Exempt
from rolecall.services.places import places_of
from rolecall.services.ports import Exceptions, Findings
from rolecall.services.watch_code import touched_past_code

_SETTLING = timedelta(minutes=1)
"""How long a change may take until every answer of IAM shows it."""
_SERVICE_LINKED = ":role/aws-service-role/"


@dataclass(frozen=True, slots=True, kw_only=True)
class TellRights:
    """The use case: compare records with those before, and add findings for what they gained.

    Whoever writes a record tells the difference first, so none is lost whichever of the two that
    look at accounts, events and audits, comes first.
    """

    findings: Findings
    changes: Changes
    comparisons: tuple[Comparison, ...]
    settings: Settings
    exceptions: Exceptions

    def is_overtaken(self, account: Account) -> bool:
        """Tell whether a later snapshot was compared already: this one shows what is past."""
        looked_at = self.changes.looked_at(account.id)
        return looked_at is not None and looked_at > account.taken_at

    def run(
        self,
        account: Account,
        records: Iterable[PrincipalRecord],
        before: Mapping[str, PrincipalRecord],
    ) -> list[Finding]:
        """Add findings about the records, compared with those before by ARN; return the new ones.

        At the first look at an account there is nothing to compare with.
        """
        looked_at = self.changes.looked_at(account.id)
        if looked_at is None:
            return []
        compared = _compared(records, before, looked_at)
        differing = [each for each in compared if each.is_gain or each.is_loss]
        causes = self._causes(account, looked_at)
        past_code = touched_past_code(account, before, causes, self.settings.pipelines)
        changes = (
            *fold(differing, causes, looked_at, partition=account.partition),
            *fold(past_code, causes, looked_at, partition=account.partition),
        )
        found = [finding for each in changes for finding in self._findings_of(each, account)]
        if not found:
            return []
        exceptions = (*self.settings.exceptions, *self.exceptions.all())
        exempt = Exempt(exceptions, places_of(account), account.taken_at)
        return [each for each in map(exempt, found) if self.findings.add(each)]

    def with_creators(
        self, account: Account, records: Iterable[PrincipalRecord]
    ) -> list[PrincipalRecord]:
        """Return the records with who made them, where a call that was kept tells it."""
        looked_at = self.changes.looked_at(account.id)
        kept = self._causes(account, looked_at) if looked_at else []
        made = [each for each in kept if each.name in CREATING]
        return [each if each.creator else _with_creator(each, made) for each in records]

    def done(self, account: Account) -> None:
        """Keep that the snapshot was compared and its records are written."""
        self.changes.look(account.id, account.taken_at)

    def _causes(self, account: Account, looked_at: datetime) -> list[KeptChange]:
        """Return the calls between the two looks, of the account and of the organization."""
        since = looked_at - _SETTLING
        kept = [*self.changes.since(account.id, since), *self.changes.since(ORGANIZATION, since)]
        return [each for each in kept if each.at <= account.taken_at]

    def _findings_of(self, change: PermissionChange, account: Account) -> Iterator[Finding]:
        sighting = Sighting(
            account_id=account.id,
            region="global",
            source=change.causes[0].event_id if change.causes else "comparison",
            first_seen_at=change.causes[0].at if change.causes else account.taken_at,
            recorded_at=account.taken_at,
        )
        for comparison in self.comparisons:
            settings = self.settings.of(comparison)
            evidence = comparison.judge(change, settings.parameters) if settings.enabled else ()
            yield from (finding_of(comparison, each, sighting) for each in evidence)


def _with_creator(record: PrincipalRecord, made: Iterable[KeptChange]) -> PrincipalRecord:
    by = (
        each.actor
        for each in made
        if each.names(record.arn) and is_same_moment(each.at, record.created_at)
    )
    return replace(record, creator=next(by, ""))


def _compared(
    records: Iterable[PrincipalRecord],
    before: Mapping[str, PrincipalRecord],
    looked_at: datetime,
) -> Iterator[RightsChange]:
    for record in records:
        known = before.get(record.arn)
        # Older than the last look and unknown: it could not be read then, and nothing is known.
        is_unread = known is None and record.created_at < looked_at - _SETTLING
        if not is_unread and _SERVICE_LINKED not in record.arn:
            change = compare_records(known, record)
            if change is not None:
                yield change
