"""`rolecall simulate FILE`: what AWS would answer to requests under given policies."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator


def simulate(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="Requests with their policies: one JSON object, an array, or one a line;"
            " - is standard input.",
        ),
    ],
) -> int:
    """Decide requests under the policies beside them, one line of JSON for each.

    Exit codes: 0 decided, 2 when a row could not be read; such a row is denied and says why.
    """
    import sys

    from rolecall.cli.documents import json_text
    from rolecall.services.simulate import answer

    unread = 0
    for row in _rows(file):
        found = answer(row)
        unread += "error" in found
        sys.stdout.write(json_text(found) + "\n")
    return 2 if unread else 0


def _rows(file: str) -> "Iterator[Any]":
    """Yield what a file holds, as one JSON text or as one a line."""
    import json

    from rolecall.cli.snapshot_files import read_text

    text = read_text(file)
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from (_row(line) for line in text.splitlines() if line.strip())
    else:
        yield from whole if isinstance(whole, list) else [whole]


def _row(line: str) -> Any:  # noqa: ANN401 - any JSON
    """Read a line; one that is no JSON is a row that has nothing in it."""
    import json

    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None
