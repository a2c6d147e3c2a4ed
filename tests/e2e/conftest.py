"""One deployment of the real stacks to the embedded AWS, with IAM enforced, for all tests here."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from demo import audits, organization, seed
from demo.deployment import Deployment
from demo.embedded_aws import EmbeddedAWS
from demo.findings import FindingsTable, wait_for


@dataclass(frozen=True, slots=True)
class World:
    """What the tests ask and do."""

    aws: EmbeddedAWS
    organization: organization.Organization
    deployment: Deployment
    seeded: seed.Seeded

    def hub(self, service):
        return self.aws.client(service, credentials=self.organization.hub.administrator)

    def member(self, service, account_id):
        [account] = [a for a in self.organization.accounts if a.id == account_id]
        return self.aws.client(service, credentials=account.administrator)

    @property
    def findings(self):
        return FindingsTable(self.hub("dynamodb"))

    def audit(self, *names):
        return audits.run(self.hub("stepfunctions"), names or audits.AUDITS)

    def await_finding(self, account_id, rule, *, seconds=5, status="OPEN", **attributes):
        """Wait for the finding whose attributes contain these texts; fail if it does not come."""

        def look():
            for finding in self.findings.of_account(account_id):
                same = finding.rule == rule and finding.status == status
                if same and all(text in getattr(finding, n) for n, text in attributes.items()):
                    return finding
            return None

        found = wait_for(look, seconds)
        assert found is not None, f"no {status} {rule} in {account_id} within {seconds} s"
        return found

    def await_mail(self, finding, seconds=5):
        mail = wait_for(
            lambda: next((m for m in self.aws.mails() if finding.id in m.text), None), seconds
        )
        assert mail is not None, f"nobody was told of {finding.summary} within {seconds} s"
        return mail

    def quiet(self):
        """Wait until the intake is empty and nothing was found or told for half a second."""
        queue = self.hub("sqs").get_queue_url(QueueName="rolecall-events")["QueueUrl"]
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        last, since = None, 0.0

        def look():
            nonlocal last, since
            counts = self.hub("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=names)
            seen = (counts["Attributes"], len(self.findings.all()), len(self.aws.mails()))
            if seen != last:
                last, since = seen, time.monotonic()
            is_empty = not any(map(int, counts["Attributes"].values()))
            return (is_empty and time.monotonic() - since > 0.5) or None

        assert wait_for(look, 20)


@pytest.fixture(scope="session")
def aws():
    """An embedded AWS with nothing in it but what the tests put there."""
    with EmbeddedAWS(organization.MANAGEMENT, (organization.HUB,)) as started:
        yield started


@pytest.fixture(scope="session")
def world():
    with EmbeddedAWS(organization.MANAGEMENT, organization.ACCOUNT_IDS) as aws:
        created = organization.create(aws)
        deployment = Deployment(aws, created)
        deployment.write_settings()
        with ThreadPoolExecutor(max_workers=1) as background:
            synthesis = background.submit(deployment.synthesize)
            seeded = seed.plant(aws, created)
            deployment.bootstrap()
            synthesis.result()
        deployment.deploy("RolecallHub", created.hub)
        deployment.deploy("RolecallManagement", created.management)
        try:
            yield World(aws, created, deployment, seeded)
        finally:
            # Kept where a failed run can be looked into.
            log = Path(__file__).parents[2] / ".cache" / "e2e.log"
            log.parent.mkdir(exist_ok=True)
            log.write_text(aws.log_tail(20_000), encoding="utf-8")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("e2e")
    # What fills the tables comes after all that waits for them to be quiet, and what removes the
    # deployment after all that needs it.
    last = ("test_many_events.py", "test_removal.py")
    items.sort(key=lambda item: last.index(item.path.name) + 1 if item.path.name in last else 0)
