"""Lists of findings: columns where there is room, two lines for each where not, or JSON."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rich.table import Table
from rich.text import Text

from rolecall.catalog import RULES
from rolecall.cli.documents import print_documents
from rolecall.cli.options import Format
from rolecall.cli.terminal import STYLES, console, print_grid
from rolecall.model.evidence import Json
from rolecall.model.finding import Finding
from rolecall.model.finding_document import finding_document
from rolecall.model.plain_text import harmless
from rolecall.model.severity import Severity

_GAP = 2
SEVERITY_WIDTH = max(len(severity.name) for severity in Severity)
_LEAST_SUMMARY_WIDTH = 60


@dataclass(frozen=True, slots=True)
class Column:
    """A fact that is shown beside severity and summary.

    Its width is fixed: rows are printed as they come, before the next one is known.
    """

    heading: str
    width: int
    prefix: str = ""
    """What makes the fact understood where it stands without its heading."""


RULE = Column("RULE", max(len(rule.id) for rule in RULES))
ACCOUNT = Column("ACCOUNT", len("111122223333"))


@dataclass(frozen=True, slots=True)
class Row:
    """A finding with its fact for each column, and members for JSON that it does not have."""

    finding: Finding
    facts: tuple[str, ...]
    members: Mapping[str, Json] = field(default_factory=dict)


def print_findings(
    rows: Iterable[Row], columns: Sequence[Column], output: Format
) -> Counter[Severity]:
    """Print every row as it comes and return how many findings there were of each severity."""
    counts: Counter[Severity] = Counter()
    if output is Format.TABLE:
        _print_table(_counting(rows, counts), columns)
    else:
        documents = (
            {**finding_document(row.finding), **row.members} for row in _counting(rows, counts)
        )
        print_documents(documents, output)
    return counts


def tally(counts: Counter[Severity]) -> str:
    """Say how many findings there are, and how severe they are."""
    if not counts:
        return "No findings"
    parts = (f"{counts[severity]:,} {severity.name}" for severity in sorted(counts, reverse=True))
    return f"{counted(counts.total(), 'finding')}: {', '.join(parts)}"


def counted(number: int, thing: str) -> str:
    """Write a number of things in words."""
    return f"{number:,} {thing}{'s' * (number != 1)}"


def _counting(rows: Iterable[Row], counts: Counter[Severity]) -> Iterator[Row]:
    for row in rows:
        counts[row.finding.severity] += 1
        yield row


def _print_table(rows: Iterable[Row], columns: Sequence[Column]) -> None:
    to = console()
    widths = [SEVERITY_WIDTH, *(column.width for column in columns)]
    has_room = to.width - sum(width + _GAP for width in widths) >= _LEAST_SUMMARY_WIDTH
    for number, row in enumerate(rows):
        if not has_room:
            print_grid(
                to, _grid(widths[:1], [_severity(row.finding), _summary_over_facts(row, columns)])
            )
            continue
        if number == 0:
            headings = ["SEVERITY", *(column.heading for column in columns), "FINDING"]
            print_grid(to, _grid(widths, [Text(each, style="bold") for each in headings]))
        facts = [Text(harmless(fact), style="dim") for fact in row.facts]
        cells = [_severity(row.finding), *facts, Text(harmless(row.finding.summary))]
        print_grid(to, _grid(widths, cells))


def _grid(widths: Sequence[int], cells: Sequence[Text]) -> Table:
    grid = Table.grid(padding=(0, _GAP, 0, 0), pad_edge=False)
    for width in widths:
        grid.add_column(min_width=width, no_wrap=True)
    grid.add_column()
    grid.add_row(*cells)
    return grid


def _severity(finding: Finding) -> Text:
    return Text(finding.severity.name, style=STYLES[finding.severity])


def _summary_over_facts(row: Row, columns: Sequence[Column]) -> Text:
    facts = [column.prefix + fact for column, fact in zip(columns, row.facts, strict=True) if fact]
    return Text.assemble(harmless(row.finding.summary), "\n", (harmless(" · ".join(facts)), "dim"))
