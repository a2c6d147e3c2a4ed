"""The ranked list of those who should have temporary credentials, in a terminal or as JSON."""

from collections import Counter
from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from rolecall.cli.documents import print_documents
from rolecall.cli.finding_list import counted
from rolecall.cli.options import Format
from rolecall.cli.terminal import STYLES, console, print_grid
from rolecall.model.evidence import Json
from rolecall.model.migration import Migration
from rolecall.model.plain_text import harmless
from rolecall.model.timestamps import format_day, format_time

_HEADINGS = ("URGENCY", "ACCOUNT", "USER", "HAS", "SINCE", "INSTEAD", "BECAUSE")


def print_migrations(migrations: Sequence[Migration], output: Format) -> None:
    """Print everybody, the most urgent first, and how many go which way."""
    if output is not Format.TABLE:
        print_documents(map(migration_document, migrations), output)
        return
    to = console()
    if migrations:
        print_grid(to, _table(migrations))
        to.print()
    ways = Counter(each.way for each in migrations)
    parts = (f"{number:,} to {way}" for way, number in ways.most_common())
    users = counted(len(migrations), "user")
    to.print(f"{users} with long-lived credentials{': ' * bool(ways)}{', '.join(parts)}.")


def _table(migrations: Sequence[Migration]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    for heading in _HEADINGS:
        grid.add_column(no_wrap=heading not in ("HAS", "BECAUSE"))
    grid.add_row(*(Text(heading, style="bold") for heading in _HEADINGS))
    for each in migrations:
        facts = (
            each.account_id,
            each.user.name,
            ", ".join(each.has),
            format_day(each.since),
            each.way,
            "; ".join(_reasons(each)),
        )
        urgency = Text(each.urgency.name, style=STYLES[each.urgency])
        grid.add_row(urgency, *(Text(harmless(fact)) for fact in facts))
    return grid


def _reasons(migration: Migration) -> tuple[str, ...]:
    made = (str(migration.creator),) if migration.creator else ()
    return (migration.because, *migration.urgent_because, *made)


def migration_document(migration: Migration) -> dict[str, Json]:
    """Write a migration as JSON; docs/command-line.md describes the result."""
    return {
        "account_id": migration.account_id,
        "principal": migration.user.arn,
        "is_person": migration.is_person,
        "has": list(migration.has),
        "since": format_time(migration.since),
        "instead": migration.way.value,
        "because": migration.because,
        "urgency": migration.urgency.name,
        "urgency_because": list(migration.urgent_because),
        "commands": list(migration.commands),
        "read": migration.way.page,
        **(migration.creator.evidence if migration.creator else {}),
    }
