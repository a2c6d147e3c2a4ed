"""The outside world in memory: one fake for each port."""

from rolecall.adapters.activity_in_memory import ActivityInMemory
from rolecall.model.finding import Status
from rolecall.model.principal_document import digest_of
from rolecall.model.settings import Settings
from rolecall.services.judge_event import EventJudge
from rolecall.services.ports import FindingQuery


def an_event_judge(detections, settings=None):
    """Build a judge of events that remembers nothing yet."""
    return EventJudge(detections, settings or Settings(), ActivityInMemory())


class FakeClock:
    def __init__(self, now):
        self.now = now

    def __call__(self):
        return self.now


class FakeAccounts:
    """Accounts whose snapshots the test decides."""

    def __init__(self, *snapshots):
        self.snapshots = {account.id: account for account in snapshots}

    def snapshot(self, account_id, needed):
        self.needed = needed
        return self.snapshots[account_id]


class FakeFindings:
    """The findings table as a dictionary that counts its writes."""

    def __init__(self, *findings):
        self.stored = {finding.id: finding for finding in findings}
        self.writes = 0

    def of_account(self, account_id, rule_ids):
        return [
            finding
            for finding in self.stored.values()
            if finding.account_id == account_id
            and (finding.rule in rule_ids or finding.status is Status.SUPPRESSED)
        ]

    def save(self, findings):
        for finding in findings:
            self.stored[finding.id] = finding
            self.writes += 1

    def add(self, finding):
        known = self.stored.get(finding.id)
        if known and known.severity >= finding.severity:
            return False
        self.save([finding])
        return True

    def get(self, finding_id):
        return self.stored.get(finding_id)

    def search(self, query: FindingQuery):
        return (finding for finding in self.stored.values() if query.accepts(finding))


class FakeCoverage:
    """The coverage table as a dictionary."""

    def __init__(self, organization=None):
        self.stored = {}
        self.accounts = organization

    def save(self, coverage):
        self.stored[coverage.account_id, coverage.audit] = coverage

    def of_audit(self, audit, account_ids):
        found = {each: self.stored.get((each, audit)) for each in account_ids}
        return {each: coverage for each, coverage in found.items() if coverage}

    def save_organization(self, organization):
        self.accounts = organization

    def organization(self):
        return self.accounts


class FakeExceptions:
    """The stored exceptions as a dictionary."""

    def __init__(self, *exceptions):
        self.stored = {exception.id: exception for exception in exceptions}

    def all(self):
        return list(self.stored.values())

    def save(self, exception):
        self.stored[exception.id] = exception

    def remove(self, exception_id):
        self.stored.pop(exception_id, None)


class FakePrincipals:
    """The principals table as a dictionary that counts its writes."""

    def __init__(self):
        self.stored = {}
        self.writes = 0

    def digests(self, account_id):
        own = (each for each in self.stored.values() if each.account_id == account_id)
        return {record.arn: digest_of(record) for record in own}

    def records(self, arns):
        return {arn: self.stored[arn] for arn in arns if arn in self.stored}

    def save(self, records, before):
        assert list(before) == [
            self.stored[each.arn] for each in records if each.arn in self.stored
        ]
        for record in records:
            self.stored[record.arn] = record
            self.writes += 1

    def remove(self, records):
        for record in records:
            del self.stored[record.arn]


class FakeChanges:
    """The table of changes as a dictionary."""

    def __init__(self):
        self.kept = {}
        self.looks = {}

    def keep(self, change):
        self.kept.setdefault((change.at, change.event_id), change)

    def since(self, account_id, moment):
        ordered = sorted(self.kept.items())
        return [e for _, e in ordered if e.account_id == account_id and e.at >= moment]

    def looked_at(self, account_id):
        return self.looks.get(account_id)

    def look(self, account_id, at):
        self.looks[account_id] = max(at, self.looks.get(account_id, at))


class FakeLooks:
    """The queue of accounts to look at: a list of what was asked."""

    def __init__(self):
        self.asked = []

    def ask(self, account_id, at):
        self.asked.append((account_id, at))


class FakeMessages:
    """The topic: a list of what was published."""

    def __init__(self):
        self.published = []

    def publish(self, message):
        self.published.append(message)


class FakeDirectory:
    """The organization as the test decides it."""

    def __init__(self, organization):
        self.answer = organization

    def organization(self):
        return self.answer
