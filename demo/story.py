"""The demo from beginning to end: each chapter shows what happens and asserts that it did."""

import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from demo import audits, expectations, intruder, organization, recording, seed
from demo.console import Screen
from demo.deployment import SUBSCRIBER, Deployment
from demo.embedded_aws import EmbeddedAWS, Mail
from demo.expectations import Expected
from demo.findings import FindingsTable, SeenFinding, wait_for
from demo.intruder import Change
from demo.seed import Seeded

_FINDING_SECONDS = 5.0
_MESSAGE_SECONDS = 5.0
_LOOK_SECONDS = 120.0
"""A look begins a minute after the first change of a minute, and takes some seconds."""
_TOLD = ("HIGH", "CRITICAL")
"""The severities at and above the threshold of the demo's settings."""

_SHOWN_RULE = "access-key-for-another-user"
"""The rule whose message is shown in full."""


class StoryError(Exception):
    """What should have been seen was not; the text says what."""


class Story:
    """Tells and checks the chapters, in the order of the methods."""

    def __init__(self, aws: EmbeddedAWS, screen: Screen) -> None:
        """Tell on this screen what happens in this AWS."""
        self._aws = aws
        self._screen = screen
        self._known: set[str] = set()

    def tell(self) -> Deployment:
        """Tell everything; return the deployment for whoever wants to go on with it."""
        deployment, seeded = self._build()
        hub = deployment.organization.hub.administrator
        self._table = FindingsTable(self._aws.client("dynamodb", credentials=hub))
        self._audit(self._aws.client("stepfunctions", credentials=hub))
        self._intrude(seeded)
        self._replay()
        self._granted()
        self._show_mails()
        return deployment

    def _build(self) -> tuple[Deployment, Seeded]:
        screen = self._screen
        screen.chapter("An organization, and Rolecall in it")
        with screen.step("create an organization") as notes:
            created = organization.create(self._aws)
            notes.append(", ".join(f"{a.name} {a.id}" for a in created.accounts))
        deployment = Deployment(self._aws, created)
        deployment.write_settings()
        with ThreadPoolExecutor(max_workers=1) as background:
            synthesis = background.submit(deployment.synthesize)
            with screen.step("seed the members through the API of IAM") as notes:
                seeded = seed.plant(self._aws, created)
                notes.append(f"{seeded.principals} users and roles, with dates in the past")
            with screen.step("cdk bootstrap (the hub)"):
                deployment.bootstrap()
            with screen.step("cdk synth (meanwhile, in the background)"):
                synthesis.result()
        with screen.step("cdk deploy RolecallHub") as notes:
            deployment.deploy("RolecallHub", created.hub)
            notes.append("its StackSet gave every member its part")
        with screen.step("cdk deploy RolecallManagement"):
            deployment.deploy("RolecallManagement", created.management)
        return deployment, seeded

    def _audit(self, states: Any) -> None:  # noqa: ANN401 - a boto3 client
        self._screen.chapter("Three audits of all accounts")
        with self._screen.step("run the state machine for " + ", ".join(audits.AUDITS)) as notes:
            runs = audits.run(states)
            notes.extend(f"{run['audit']}: {run['read']} accounts read" for run in runs)
        found = self._new()
        _demand(expectations.SEEDED, found)
        wrong = expectations.flagged_wrongly(found)
        if wrong:
            raise StoryError(f"wrong findings about what is clean or ordinary: {wrong}")
        self._screen.findings(f"{len(found)} findings", found)

    def _intrude(self, seeded: Seeded) -> None:
        self._screen.chapter("An intruder in production, with the stolen key of night-shift")
        for change in intruder.changes(self._aws, seeded.intruder):
            with self._screen.step(change.what) as notes:
                notes.extend(self._watch(change))
        self._screen.findings("Found live", self._new())

    def _watch(self, change: Change) -> list[str]:
        """Make the change, then take the time until its finding and its message."""
        began = time.monotonic()
        change.call()
        finding = self._await(change.expected)
        notes = [f"{finding.severity} {finding.rule} after {time.monotonic() - began:.1f} s"]
        if finding.severity in _TOLD:
            mail = wait_for(lambda: self._mail_about(finding), _MESSAGE_SECONDS)
            if mail is None:
                raise StoryError(f"no message within {_MESSAGE_SECONDS:.0f} s: {finding.summary}")
            notes.append(f"told after {time.monotonic() - began:.1f} s")
        return notes

    def _replay(self) -> None:
        self._screen.chapter("A recorded attack on development: a stolen root password")
        records = list(recording.read(recording.STOLEN_ROOT))
        with self._screen.step(f"replay {len(records)} records of CloudTrail") as notes:
            for record in records:
                self._aws.deliver(record)
            for expected in recording.EXPECTED:
                self._await(expected)
            found = self._new()
            counts = Counter(finding.severity for finding in found)
            notes.append(", ".join(f"{count} {severity}" for severity, count in counts.items()))
        self._screen.findings("Found live", found)

    def _granted(self) -> None:
        """Wait for the look at the account, which comes when the minute of the changes is over."""
        self._screen.chapter("What the intruder's changes granted")
        with self._screen.step("the account is read again, once, a minute later") as notes:
            for expected in intruder.GRANTED:
                self._await(expected, _LOOK_SECONDS)
            found = self._new()
            notes.append(f"{len(found)} findings for all of the changes")
        self._screen.findings("Found by comparison", found)

    def _show_mails(self) -> None:
        mails = self._aws.mails()
        self._screen.chapter(f"What {SUBSCRIBER} received: {len(mails)} messages")
        for mail in mails:
            self._screen.say(f"  {mail.at:%H:%M:%S}  {mail.subject}")
        self._screen.say("\nOne of them in full:")
        mail = _mail_of_rule(_SHOWN_RULE, mails)
        self._screen.mail(mail.to, mail.subject, mail.text)

    def _await(self, expected: Expected, seconds: float = _FINDING_SECONDS) -> SeenFinding:
        finding = wait_for(lambda: self._find(expected), seconds)
        if finding is None:
            raise StoryError(f"no finding within {seconds:.0f} s: {expected}")
        return finding

    def _find(self, expected: Expected) -> SeenFinding | None:
        findings = self._table.of_account(expected.account_id)
        return next((f for f in findings if f.id not in self._known and _is(f, expected)), None)

    def _mail_about(self, finding: SeenFinding) -> Mail | None:
        return next((mail for mail in self._aws.mails() if finding.id in mail.text), None)

    def _new(self) -> list[SeenFinding]:
        """Return the findings that were not there when this was asked last."""
        found = [each for each in self._table.all() if each.id not in self._known]
        self._known |= {each.id for each in found}
        return found


def _is(finding: SeenFinding, expected: Expected) -> bool:
    about = (finding.rule, finding.account_id) == (expected.rule, expected.account_id)
    return about and finding.resource.endswith(expected.resource)


def _mail_of_rule(rule: str, mails: Iterable[Mail]) -> Mail:
    mail = next((mail for mail in mails if mail.attributes.get("rule") == rule), None)
    if mail is None:
        raise StoryError(f"no message about {rule} alone")
    return mail


def _demand(expected: Iterable[Expected], found: list[SeenFinding]) -> None:
    missing = [each for each in expected if not any(_is(finding, each) for finding in found)]
    if missing:
        raise StoryError("findings are missing:\n" + "\n".join(f"  {each}" for each in missing))
