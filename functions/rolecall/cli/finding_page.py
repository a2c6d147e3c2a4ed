"""Everything about one finding, in a terminal."""

import sys
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from rolecall.cli.documents import json_text
from rolecall.cli.options import Format
from rolecall.cli.terminal import (
    STYLES,
    console,
    print_code,
    print_facts,
    print_heading,
    print_point,
    print_prose,
)
from rolecall.model.commands import rolecall
from rolecall.model.evidence import Json
from rolecall.model.exceptions import RuleException
from rolecall.model.finding import Finding
from rolecall.model.finding_document import finding_document
from rolecall.model.plain_text import harmless
from rolecall.model.timestamps import format_time


def print_finding(finding: Finding, output: Format) -> None:
    """Print one finding: the sentence, the facts, why it matters, what to do."""
    if output is not Format.TABLE:
        indent = 2 if output is Format.JSON else None
        sys.stdout.write(json_text(finding_document(finding), indent) + "\n")
        return
    to = console()
    severity = (finding.severity.name, STYLES[finding.severity])
    to.print(Text.assemble(severity, "  ", (harmless(finding.summary), "bold")))
    to.print()
    print_facts(to, _members(finding))
    print_heading(to, "Why it matters")
    print_prose(to, finding.why)
    print_heading(to, "What to do")
    print_prose(to, finding.remediation)
    if finding.commands:
        to.print()
    for command in finding.commands:
        print_code(to, command, style="cyan")
    _print_evidence(to, finding)
    print_heading(to, "Read more")
    for line in (rolecall("explain", finding.rule), *finding.references):
        print_point(to, line)


def _members(finding: Finding) -> Iterator[tuple[str, str]]:
    yield "Rule", f"{finding.rule}: {finding.title}"
    yield "Status", finding.status.value
    if finding.exception:
        yield "Exception", _exception(finding, finding.exception)
    yield "Account", finding.account_id
    yield "Region", finding.region
    yield "Resource", finding.resource.arn
    yield "Type", finding.resource.type
    if finding.principal:
        yield "Principal", finding.principal
    yield "First seen", format_time(finding.first_seen_at)
    yield "Changed", format_time(finding.changed_at)
    if finding.resolved_at:
        yield "Resolved", format_time(finding.resolved_at)
    yield "Source", finding.source
    if finding.compliance:
        yield "Controls", ", ".join(finding.compliance)
    yield "Finding", finding.id


def _exception(finding: Finding, exception: RuleException) -> str:
    who = f"{exception.owner}: {exception.reason}"
    ticket = f" ({exception.ticket})" if exception.ticket else ""
    if finding.is_open:
        return f"{exception.epitaph(finding.changed_at)} {who}{ticket}"
    return f"{exception.what}, until {exception.ends_on}, by {who}{ticket}; {exception.origin}"


def _print_evidence(to: Console, finding: Finding) -> None:
    if finding.evidence:
        print_heading(to, "Evidence")
        print_facts(to, ((f"  {name}", _words(v)) for name, v in finding.evidence.items()))


def _words(value: Json) -> str:
    return value if isinstance(value, str) else json_text(value)
