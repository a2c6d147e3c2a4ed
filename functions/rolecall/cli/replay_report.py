"""What recorded events gave, where they are, and what could not be judged."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field

from rich.text import Text

from rolecall.cli.documents import print_documents
from rolecall.cli.exit_codes import CLEAN, FAILED, FOUND
from rolecall.cli.finding_list import (
    RULE,
    SEVERITY_WIDTH,
    Column,
    Row,
    counted,
    print_findings,
    tally,
)
from rolecall.cli.options import FailOn, Format
from rolecall.cli.recorded_events import Place
from rolecall.cli.replay_summary import has_much_to_say, print_rules_summary
from rolecall.cli.terminal import STYLES, console, progress
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Json
from rolecall.model.finding import Finding
from rolecall.model.finding_document import finding_document
from rolecall.model.plain_text import harmless
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_time
from rolecall.services.replay import JudgedRecord
from rolecall.services.tally_rules import Tally

_COLUMNS = (
    RULE,
    Column("EVENT TIME", len("2026-11-23T17:48:00Z")),
    Column("WHERE", 40),
    Column("EVENT ID", 36),
)
_TOLD_EVERY = 1000
"""Events between two words on how far it is."""


@dataclass(slots=True)
class ReplayReport:
    """Prints what comes of records as they come, and counts."""

    judged: Iterable[JudgedRecord[Place]]
    output: Format
    counts: Counter[Severity] = field(default_factory=Counter)
    events: int = 0
    problems: int = 0
    by_aws: int = 0
    """Events of what AWS does by itself, which no rule had anything to say of."""
    tally: Tally = field(default_factory=Tally)
    repeated: int = 0
    """Findings that an earlier event gave already: deployed, they are stored and told once."""

    def print_findings(self) -> None:
        """Print every finding at the event that gives it first, and where it gets worse."""
        shown = (row for row in self._new_findings() if row.finding.is_open)
        self.counts = print_findings(shown, _COLUMNS, self.output)
        rules = self.tally.rules()
        if self.output is Format.TABLE and has_much_to_say(rules):
            print_rules_summary(rules, self.output)

    def print_rules(self) -> None:
        """Print how often each rule fired, and nothing else."""
        self.counts = Counter(
            row.finding.severity for row in self._new_findings() if row.finding.is_open
        )
        print_rules_summary(self.tally.rules(), self.output)

    def print_events(self) -> None:
        """Print every record in its order, with or without findings."""
        records = self._all_records()
        if self.output is Format.TABLE:
            to = console()
            for record in records:
                if record.event:
                    to.print(_event_line(record.event, record), soft_wrap=True)
        else:
            print_documents(map(_event_document, records), self.output)

    def print_summary(self) -> None:
        """Say how many events were judged, what they gave, and what could not be judged."""
        to = console(stderr=self.output is not Format.TABLE)
        repeated = f" (and {counted(self.repeated, 'repetition')})" if self.repeated else ""
        if self.output is Format.TABLE:
            to.print()
        suppressed = sum(each.suppressed for each in self.tally.rules())
        hidden = (
            f" {counted(suppressed, 'finding')} suppressed by exceptions." if suppressed else ""
        )
        by_aws = f" {counted(self.by_aws, 'event')} of AWS itself, quiet." if self.by_aws else ""
        judged = f"{counted(self.events, 'event')} judged."
        to.print(f"{judged} {tally(self.counts)}{repeated}.{hidden}{by_aws}")
        if self.problems:
            problems = counted(self.problems, "problem")
            to.print(f"{problems} kept records from being judged; standard error names them.")

    def exit_code(self, fail_on: FailOn) -> int:
        """Return 2 when something could not be judged, for then no answer is complete."""
        if self.problems:
            return FAILED
        return FOUND if any(map(fail_on.is_reached_by, self.counts)) else CLEAN

    def _all_records(self) -> Iterator[JudgedRecord[Place]]:
        for record in self._counted():
            self.counts.update(each.severity for each in record.findings if each.is_open)
            yield record

    def _new_findings(self) -> Iterator[Row]:
        seen: dict[str, Severity] = {}
        for record in self._counted():
            for finding in record.findings:
                known = seen.get(finding.id)
                if known is not None and known >= finding.severity:
                    self.repeated += 1
                else:
                    seen[finding.id] = finding.severity
                    if known is None:
                        self.tally.count(finding)
                    yield _row(finding, record.position)

    def _counted(self) -> Iterator[JudgedRecord[Place]]:
        # Where the results appear in the same terminal they are the progress.
        with nullcontext(len) if sys.stdout.isatty() else progress("Judging events") as tell:
            for record in self.judged:
                self.events += record.event is not None
                is_by_aws = record.event is not None and record.event.is_made_by_aws
                self.by_aws += is_by_aws and not record.findings
                if record.problem:
                    self.problems += 1
                    sys.stderr.write(f"rolecall: {record.position}: {harmless(record.problem)}\n")
                if self.events % _TOLD_EVERY == 0:
                    tell(f"{self.events:,} events judged")
                yield record


def _row(finding: Finding, place: Place) -> Row:
    facts = (finding.rule, format_time(finding.first_seen_at), str(place), finding.source)
    return Row(finding, facts, _members(place))


def _members(place: Place) -> dict[str, Json]:
    return {"file": place.file, "line": place.line, "position": place.number}


def _event_line(event: CloudTrailEvent, record: JudgedRecord[Place]) -> Text:
    worst = max((finding.severity for finding in record.findings), default=None)
    severity = "-" if worst is None else worst.name
    rules = ", ".join(dict.fromkeys(finding.rule for finding in record.findings))
    return Text.assemble(
        f"{format_time(event.at)}  ",
        (f"{severity:<{SEVERITY_WIDTH}}  ", "" if worst is None else STYLES[worst]),
        harmless(f"{event.name} by {event.actor}"),
        (harmless(f"  {rules}  {record.position}" if rules else f"  {record.position}"), "dim"),
    )


def _event_document(record: JudgedRecord[Place]) -> dict[str, Json]:
    event = record.event
    return {
        **_members(record.position),
        "event_id": event.id if event else None,
        "event_name": event.name if event else None,
        "problem": record.problem or None,
        "findings": [finding_document(finding) for finding in record.findings],
    }
