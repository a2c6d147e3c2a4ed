"""Text in a terminal: as wide as it is, plain where it is none, never steering it."""

import os
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rolecall.model.plain_text import harmless
from rolecall.model.severity import Severity

STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFORMATIONAL: "dim",
}
_MAX_PROSE_WIDTH = 100
"""Prose in longer lines is hard to read."""
_UNBOUNDED_WIDTH = 100_000
_ADDRESS = re.compile(r"https://\S+")


def console(*, stderr: bool = False) -> Console:
    """Return a console on the present standard output, or error output.

    What is piped is not wrapped, so that one line stays one line for the program that reads it.
    """
    made = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not made.is_terminal and "COLUMNS" not in os.environ:
        made.width = _UNBOUNDED_WIDTH
    return made


def print_heading(to: Console, text: str) -> None:
    """Print the heading of a section, set off from what is above it."""
    to.print()
    to.print(Text(harmless(text), style="bold"))


def print_prose(to: Console, text: str) -> None:
    """Print paragraphs, indented under their heading."""
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            to.print()
        to.print(_wrapped(paragraph, min(to.width, _MAX_PROSE_WIDTH), "  "), soft_wrap=True)


def print_point(to: Console, text: str) -> None:
    """Print an item of a list, indented where it goes on; addresses are not broken."""
    point = Text(_wrapped(text, to.width, "    ")[2:])
    point.highlight_regex(_ADDRESS, "underline")
    to.print(point, soft_wrap=True)


def print_code(to: Console, text: str, style: str) -> None:
    """Print a line that is there to be copied, and therefore is never wrapped."""
    to.print(Text("  " + harmless(text), style=style), soft_wrap=True)


def print_facts(to: Console, facts: Iterable[tuple[str, str]], name_style: str = "dim") -> None:
    """Print names and what belongs to them, aligned."""
    grid = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for name, fact in facts:
        grid.add_row(Text(harmless(name), style=name_style), Text(harmless(fact)))
    print_grid(to, grid)


def print_grid(to: Console, grid: Table) -> None:
    """Print aligned cells; what is piped ends where its last cell ends."""
    if to.is_terminal:
        to.print(grid)
        return
    with to.capture() as capture:
        to.print(grid)
    to.print("\n".join(map(str.rstrip, capture.get().splitlines())), soft_wrap=True)


def _wrapped(text: str, width: int, indent: str) -> str:
    return textwrap.fill(
        harmless(" ".join(text.split())),
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


@contextmanager
def progress(doing: str) -> Iterator[Callable[[str], None]]:
    """Tell whoever looks what takes so long; yield a function that says how far it is."""
    to = console(stderr=True)
    if to.is_terminal:
        with to.status(doing) as status:
            yield status.update
    else:
        yield lambda _: None
