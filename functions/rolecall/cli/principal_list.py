"""Users and roles as lines: who it is, and what was asked about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from rolecall.cli.documents import print_documents
from rolecall.cli.options import Format
from rolecall.cli.terminal import console, print_facts


def print_list(found: Sequence[Mapping[str, Any]], output: Format) -> None:
    """Print the principals that were found, in the order of their accounts and names."""
    ordered = sorted(found, key=lambda each: str(each["principal_arn"]))
    if output is not Format.TABLE:
        print_documents(ordered, output)
        return
    to = console()
    if not ordered:
        to.print(Text("Nobody."))
        return
    print_facts(to, ((each["principal_arn"], _words(each)) for each in ordered), name_style="bold")


def _words(found: Mapping[str, Any]) -> str:
    if "rank" in found:
        escalation = found["escalation"]
        return f"{found['rank']} ({escalation['verdict']})" if escalation else found["rank"]
    ways = ["directly"] if found["is_direct"] else []
    return ", ".join([*ways, *(f"through group {group}" for group in found["groups"])])
