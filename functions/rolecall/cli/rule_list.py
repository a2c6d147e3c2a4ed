"""All rules: grouped by when they run, or as JSON."""

from collections.abc import Iterable
from itertools import groupby

from rich.table import Table
from rich.text import Text

from rolecall.cli.terminal import STYLES, console, print_grid
from rolecall.model.evidence import Json
from rolecall.model.rule import AUDITS, Check, Comparison, Detection, Rule
from rolecall.services.explain import occasion


def print_rules(rules: Iterable[Rule]) -> None:
    """Print the rules in groups, aligned over all of them."""
    table = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    for _ in ("id", "severity"):
        table.add_column(no_wrap=True)
    table.add_column()
    for number, (when, members) in enumerate(groupby(sorted(rules, key=_order), occasion)):
        if number:
            table.add_row()
        table.add_row(Text(when, style="bold"))
        for rule in members:
            severity = Text(rule.severity.name, style=STYLES[rule.severity])
            table.add_row(f"  {rule.id}", severity, rule.title)
    print_grid(console(), table)


def _order(rule: Rule) -> tuple[int, str]:
    """Order by what is run when: the audits as they follow one another, events, what is after."""
    runs = [audit for audit in AUDITS if isinstance(rule, Check) and audit in rule.audits]
    place = AUDITS.index(runs[0]) if len(runs) == 1 else len(AUDITS) + (not runs)
    return place + isinstance(rule, Comparison), rule.id


def rule_document(rule: Rule) -> dict[str, Json]:
    """Write a rule as JSON; docs/command-line.md describes the result."""
    return {
        "id": rule.id,
        "kind": rule.kind,
        "title": rule.title,
        "severity": rule.severity.name,
        "audits": sorted(rule.audits) if isinstance(rule, Check) else [],
        "patterns": _patterns(rule),
        "parameters": dict(rule.parameters),
        "why": rule.why,
        "remediation": rule.remediation,
        "false_positives": rule.false_positives if isinstance(rule, Detection) else [],
        "attack": rule.attack if isinstance(rule, Detection) else [],
        "compliance": [str(control) for control in rule.compliance],
        "references": rule.references,
    }


def _patterns(rule: Rule) -> list[Json]:
    return [p.detail() for p in rule.patterns] if isinstance(rule, Detection | Comparison) else []
