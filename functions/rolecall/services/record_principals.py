"""After an audit of permissions: what is kept of every user and role, written where it changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.credentials import Use
from rolecall.model.pipelines import Pipelines
from rolecall.model.principal_document import digest_of
from rolecall.model.principal_record import PrincipalRecord
from rolecall.services.describe_principal import outline, with_rights
from rolecall.services.principal_ports import Principals
from rolecall.services.tell_rights import TellRights


@dataclass(frozen=True, slots=True)
class Recorded:
    """What became of the records of an account."""

    written: int = 0
    removed: int = 0
    told: int = 0
    """New findings about what became of rights."""


@dataclass(frozen=True, slots=True)
class RecordPrincipals:
    """The use case: the table follows what a snapshot shows, as far as it shows it."""

    principals: Principals
    rights: TellRights | None = None
    """Who tells what became of rights before a record is written; None where nobody does."""
    pipelines: Pipelines = field(default_factory=Pipelines)

    def run(self, account: Account) -> Recorded:
        """Write the records that changed, and remove those of principals that are gone.

        Of an account whose policies could not be read nothing is touched, nor of a principal whose
        policies could not all be read. Where the policies of the organization did not come, rights
        look wider than they are: a record that reckons with them stays as it is. Nor is anything
        touched by a snapshot from before the one that was compared last.
        """
        if account.lacks(Part.AUTHORIZATION_DETAILS):
            return Recorded()
        if self.rights and self.rights.is_overtaken(account):
            return Recorded()
        known = self.principals.digests(account.id)
        changed = {each.arn: each for each in self._changed(account, known)}
        gone = known.keys() - {each.arn for each in (*account.users, *account.roles)}
        # Of all that changed, for the digests may not tell yet of a record that is there.
        before = self.principals.records([*changed, *gone])
        records = [_carried_over(each, before.get(each.arn)) for each in changed.values()]
        if self.rights:
            records = self.rights.with_creators(account, records)
        news = [each for each in records if _is_news(each, before.get(each.arn), known)]
        told = self.rights.run(account, news, before) if self.rights else []
        if news:
            self.principals.save(news, [before[e.arn] for e in news if e.arn in before])
        lost = [each for arn, each in before.items() if arn in gone]
        if lost:
            self.principals.remove(lost)
        if self.rights:
            self.rights.done(account)
        return Recorded(written=len(news), removed=len(lost), told=len(told))

    def _changed(self, account: Account, known: Mapping[str, str]) -> Iterator[PrincipalRecord]:
        for principal in account.principals:
            code = self.pipelines.code_of(principal.tags)
            creator = account.creator_of(principal)
            record = replace(
                outline(account, principal), code=code, creator=creator.principal if creator else ""
            )
            if digest_of(record) != known.get(principal.arn):
                yield with_rights(record, account, principal)


def _is_news(
    record: PrincipalRecord, before: PrincipalRecord | None, known: Mapping[str, str]
) -> bool:
    """Tell whether there is something to write; what knew more than the record stays."""
    if before is None:
        return True
    knew_more = before.guardrails_known and not record.guardrails_known
    return digest_of(record) != known.get(record.arn) and not knew_more


def _carried_over(record: PrincipalRecord, before: PrincipalRecord | None) -> PrincipalRecord:
    """Return the record with what the one before knows and a snapshot does not show.

    One of the same name that was made later is another principal, of which nothing is known.
    """
    if before is None or before.created_at != record.created_at:
        return record
    is_unknown = record.last_use.use is Use.UNKNOWN
    is_same = before.fingerprint == record.fingerprint
    return replace(
        record,
        creator=before.creator or record.creator,
        last_use=before.last_use if is_unknown else record.last_use,
        rights_since=before.rights_since if is_same else record.rights_since,
    )
