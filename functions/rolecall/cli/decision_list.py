"""Decisions about principals: a few lines for each, or JSON."""

from collections.abc import Iterable, Iterator

from rich.text import Text

from rolecall.cli.documents import print_documents
from rolecall.cli.options import Format
from rolecall.cli.terminal import console, print_point
from rolecall.model.evidence import Json
from rolecall.model.plain_text import harmless
from rolecall.model.principals import Role, User
from rolecall.policy import Decision, Outcome, action_index, sentences

_STYLES = {
    Outcome.ALLOWED: "bold red",
    Outcome.CONDITIONAL: "yellow",
    Outcome.EXPLICITLY_DENIED: "green",
    Outcome.IMPLICITLY_DENIED: "green",
}
_WORDS = {
    Outcome.ALLOWED: "allowed",
    Outcome.CONDITIONAL: "conditional",
    Outcome.EXPLICITLY_DENIED: "denied explicitly",
    Outcome.IMPLICITLY_DENIED: "denied",
}


def print_decisions(decisions: Iterable[tuple[User | Role, Decision]], output: Format) -> None:
    """Print who may, and what decides it."""
    if output is not Format.TABLE:
        print_documents(_documents(decisions), output)
        return
    to = console()
    somebody = False
    for principal, decision in decisions:
        somebody = True
        outcome = Text(_WORDS[decision.outcome], style=_STYLES[decision.outcome])
        to.print(Text.assemble(harmless(principal.arn), "  ", outcome))
        for sentence in sentences(decision):
            print_point(to, sentence)
    if not somebody:
        to.print("Nobody.")


def _documents(
    decisions: Iterable[tuple[User | Role, Decision]],
) -> Iterator[dict[str, Json]]:
    version = action_index().version
    for principal, decision in decisions:
        yield {
            "principal": principal.arn,
            "outcome": decision.outcome,
            "why": sentences(decision),
            "action_table": version,
        }
