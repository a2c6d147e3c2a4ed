"""Chains of the access graph in a terminal, as JSON, or drawn."""

from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from rolecall.cli.documents import print_documents
from rolecall.cli.options import Format
from rolecall.cli.problems import CommandError
from rolecall.cli.terminal import console, print_point
from rolecall.model.access_graph import Chain, drawn, told
from rolecall.model.evidence import Json
from rolecall.model.plain_text import harmless


def print_chains(chains: Sequence[Chain], output: Format, nothing: str) -> None:
    """Print each chain step by step; where there is none, what that means."""
    if output is not Format.TABLE:
        print_documents(map(_document, chains), output)
        return
    to = console()
    if not chains:
        to.print(Text(harmless(nothing)), soft_wrap=True)
    for number, chain in enumerate(chains):
        if number:
            to.print()
        heading = Text(harmless(chain.start), style="bold")
        to.print(Text.assemble(heading, f"  {chain.certainty.verdict}"), soft_wrap=True)
        for line in told(chain):
            print_point(to, line)


def draw(chains: Sequence[Chain], file: Path) -> None:
    """Write the picture of the one chain; raise CommandError where there is not exactly one."""
    if len(chains) != 1:
        raise CommandError(
            f"--svg draws one chain and there are {len(chains)}: name both ends, PRINCIPAL and --to"
        )
    try:
        file.write_text(drawn(chains[0]), encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror or error}") from error


def _document(chain: Chain) -> dict[str, Json]:
    return {
        "principal": chain.start,
        "goal": chain.goal,
        "verdict": chain.certainty.verdict,
        "steps": told(chain),
        "paths": [step.path.id for step in chain.steps],
        "depends_on": list(chain.depends_on),
        "conditions": list(chain.conditions),
    }
