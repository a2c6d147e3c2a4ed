"""A timeline in a terminal or as JSON."""

from collections.abc import Sequence

from rolecall.cli.documents import print_documents
from rolecall.cli.options import Format
from rolecall.cli.terminal import console, print_facts
from rolecall.services.tell_timeline import Moment


def print_timeline(moments: Sequence[Moment], output: Format) -> None:
    """Print one moment a line, the first one first."""
    if output is not Format.TABLE:
        print_documents([each.document() for each in moments], output)
        return
    print_facts(console(), ((f"{each.at:%Y-%m-%d %H:%M}", each.text) for each in moments))
