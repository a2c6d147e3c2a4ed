"""`rolecall explain RULE`: why a rule matters, and what to do."""

from typing import Annotated

import typer

from rolecall.cli.options import ConfigOption, parse_account, read_config


def complete_rule(incomplete: str) -> list[str]:
    """Return the ids of rules that begin like this, for the shell's completion."""
    from rolecall.catalog import RULES

    return [rule.id for rule in RULES if rule.id.startswith(incomplete)]


def explain(
    rule_id: Annotated[
        str,
        typer.Argument(metavar="RULE", help="The rule's id.", autocompletion=complete_rule),
    ],
    config: ConfigOption = None,
    *,
    account: Annotated[
        str | None,
        typer.Option(
            parser=parse_account,
            metavar="ID",
            help="Say which parameters hold in this account, and where each comes from.",
            show_default=False,
        ),
    ] = None,
    ou: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="The organizational unit of the account, such as /Workloads/Production.",
            show_default=False,
        ),
    ] = None,
) -> int:
    """Say why a rule matters, what to do, and which parameters it has."""
    from rolecall.catalog import RULES, find_rule
    from rolecall.cli.explanation import print_explanation
    from rolecall.cli.problems import CommandError, unknown_rule
    from rolecall.model.scope import Place
    from rolecall.services import explain as words

    if ou and not account:
        raise CommandError("--ou says where the account is: name the account with --account")
    settings = read_config(config)
    try:
        rule = find_rule(rule_id)
    except KeyError:
        raise CommandError(unknown_rule(rule_id, [rule.id for rule in RULES])) from None
    place = Place(account_id=account, ou_path=ou) if account else None
    print_explanation(words.explain(rule, settings, place))
    return 0
