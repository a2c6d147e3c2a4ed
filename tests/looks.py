"""Accounts that are looked at again and again, with what happens to them between two looks."""

from rolecall.catalog import COMPARISONS
from rolecall.model.kept_change import kept_change
from rolecall.model.settings import Settings
from rolecall.services.record_principals import RecordPrincipals
from rolecall.services.tell_rights import TellRights
from tests.builders import NOW, account, event
from tests.fakes import FakeChanges, FakeExceptions, FakeFindings, FakePrincipals


class World:
    """Accounts as they are looked at, one look after the other."""

    def __init__(self, settings=None):
        self.findings, self.changes = FakeFindings(), FakeChanges()
        self.exceptions, self.principals = FakeExceptions(), FakePrincipals()
        self.settings = settings or Settings()
        self.rights = TellRights(
            findings=self.findings,
            changes=self.changes,
            comparisons=COMPARISONS,
            settings=self.settings,
            exceptions=self.exceptions,
        )

    def look(self, *principals, at=NOW, **fields):
        """Record a snapshot and return the findings that are new."""
        before = set(self.findings.stored)
        users = [each for each in principals if ":user/" in each.arn]
        roles = [each for each in principals if ":role/" in each.arn]
        snapshot = account(*users, roles=roles, taken_at=at, **fields)
        RecordPrincipals(self.principals, self.rights, self.settings.pipelines).run(snapshot)
        return [each for id_, each in self.findings.stored.items() if id_ not in before]

    def happened(self, name, **fields):
        recognized = self.settings.pipelines.recognized(event(name, **fields))
        self.changes.keep(kept_change(recognized))
