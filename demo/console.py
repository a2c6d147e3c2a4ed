"""What the demo shows: steps with their seconds, in colour on a terminal, plain in a pipe."""

import contextlib
import time
from collections.abc import Iterator

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from demo.findings import SeenFinding

_SEVERITY_STYLES = {
    "CRITICAL": "bold red",
    "HIGH": "red",
    "MEDIUM": "yellow",
    "LOW": "cyan",
    "INFORMATIONAL": "dim",
}
_PLAIN_WIDTH = 120


class Screen:
    """Writes the demo's story to standard output."""

    def __init__(self, console: Console | None = None) -> None:
        """Write to the console, by default to standard output."""
        self._console = console or Console(highlight=False)
        if not self._console.is_terminal:
            self._console.width = _PLAIN_WIDTH
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """How long the demo has been running."""
        return time.monotonic() - self._began

    def chapter(self, title: str) -> None:
        """Begin a part of the story."""
        self._console.print()
        self._console.rule(f"[bold]{escape(title)}[/]", align="left")

    def say(self, text: str = "") -> None:
        """Print a line as it is."""
        self._console.print(text, markup=False, soft_wrap=True)

    @contextlib.contextmanager
    def step(self, what: str) -> Iterator[list[str]]:
        """Show that something is going on, then how long it took and the notes made meanwhile."""
        notes: list[str] = []
        began = time.monotonic()
        try:
            if self._console.is_terminal:
                with self._console.status(escape(what)):
                    yield notes
            else:
                yield notes
        except BaseException:
            self._line("red", "✗", what, time.monotonic() - began, [])
            raise
        self._line("green", "✓", what, time.monotonic() - began, notes)

    def _line(self, style: str, mark: str, what: str, seconds: float, notes: list[str]) -> None:
        note = f"  [dim]{escape('; '.join(notes))}[/]" if notes else ""
        line = f"[{style}]{mark}[/] {escape(what)}{note}  [dim]{seconds:.1f} s[/]"
        self._console.print(line, soft_wrap=True)

    def findings(self, title: str, findings: list[SeenFinding]) -> None:
        """Show findings, the most severe first."""
        order = list(_SEVERITY_STYLES)
        table = Table(title=title, title_justify="left", title_style="bold", box=None)
        for heading in ("severity", "rule", "account", "finding"):
            table.add_column(heading, no_wrap=heading != "finding", overflow="fold")
        for each in sorted(findings, key=lambda f: (order.index(f.severity), f.account_id, f.rule)):
            style = _SEVERITY_STYLES[each.severity]
            severity = f"[{style}]{each.severity}[/]"
            table.add_row(severity, each.rule, each.account_id, escape(each.summary))
        self._console.print(table)

    def mail(self, to: str, subject: str, text: str) -> None:
        """Show a mail as a mail client would."""
        self._console.print(f"\n  [bold]To:[/] {escape(to)}", soft_wrap=True)
        self._console.print(f"  [bold]Subject:[/] {escape(subject)}\n", soft_wrap=True)
        for line in text.splitlines():
            self._console.print("  " + line, markup=False, soft_wrap=True)
