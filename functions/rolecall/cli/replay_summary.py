"""How often each rule fired, as a table or as JSON."""

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from rolecall.cli.documents import print_documents
from rolecall.cli.options import Format
from rolecall.cli.terminal import STYLES, console, print_code, print_grid, print_heading
from rolecall.model.plain_text import harmless
from rolecall.services.tally_rules import WORTH_SILENCING, RuleTally

_NOBODY = "nobody in particular"
_CODE = "cyan"


def print_rules_summary(rules: Sequence[RuleTally], output: Format) -> None:
    """Print a line for each rule, and the exceptions that would silence who fires most."""
    if output is not Format.TABLE:
        print_documents([each.document() for each in rules], output)
        return
    to = console()
    print_heading(to, "How often each rule fired, and by whom most")
    grid = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    for _ in range(4):
        grid.add_column(no_wrap=True)
    for each in rules:
        grid.add_row(
            Text(f"  {each.open}", justify="right"),
            Text(each.severity.name if each.open else "-", style=STYLES[each.severity]),
            Text(each.rule),
            Text(_by_whom(each), style="dim"),
        )
    print_grid(to, grid)
    _print_exceptions([each for each in rules if each.exception])


def has_much_to_say(rules: Sequence[RuleTally]) -> bool:
    """Tell whether some rule fired so often that the findings themselves no longer show it."""
    return any(each.open + each.suppressed >= WORTH_SILENCING for each in rules)


def _by_whom(tally: RuleTally) -> str:
    principal, count = tally.top
    others = len(tally.by_principal) - 1
    more = f", and {others} {'others' if others > 1 else 'other'}" if others > 0 else ""
    suppressed = f"{tally.suppressed} suppressed" if tally.suppressed else ""
    by = f"{count} by {harmless(principal) or _NOBODY}{more}" if tally.open else ""
    return "; ".join(filter(None, (by, suppressed)))


def _print_exceptions(rules: Sequence[RuleTally]) -> None:
    if not rules:
        return
    to = console()
    print_heading(
        to,
        "Where that is meant to be: exceptions for rolecall.toml that silence whoever fires most,"
        " once they say who answers for it and why",
    )
    for each in rules:
        for line in each.exception.splitlines():
            print_code(to, line, _CODE)
        to.print()
