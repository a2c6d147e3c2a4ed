"""A rule in words, in a terminal."""

from rich.text import Text

from rolecall.cli.terminal import (
    STYLES,
    console,
    print_code,
    print_heading,
    print_point,
    print_prose,
)
from rolecall.services.explain import Explanation


def print_explanation(explanation: Explanation) -> None:
    """Print what a person asks of a rule, in the order of asking."""
    to = console()
    to.print(Text(explanation.title, style="bold"))
    severity = Text(explanation.severity.name, style=STYLES[explanation.severity])
    state = "" if explanation.is_enabled else " · switched off"
    to.print(Text.assemble(severity, f" · {explanation.rule_id} · {explanation.occasion}", state))
    for section in explanation.sections:
        print_heading(to, section.heading)
        if section.text:
            print_prose(to, section.text)
        if section.is_code:
            print_code(to, f"[rules.{explanation.rule_id}]", style="dim")
        for point in section.points:
            if section.is_code:
                print_code(to, point, style="cyan")
            else:
                print_point(to, point)
