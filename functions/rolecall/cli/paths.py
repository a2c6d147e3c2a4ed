"""`rolecall paths`: how a principal becomes an administrator, or another principal."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from rolecall.cli.options import Format, FormatOption, ProfileOption, RegionOption, parse_arn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolecall.model.access_graph import AccessGraph, Chain
    from rolecall.model.account import Account

FilesOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--snapshot",
        metavar="FILE",
        help="An account in a file, instead of the live one; repeat it for paths across accounts.",
        show_default=False,
    ),
]
StartArgument: TypeAlias = Annotated[
    str | None,
    typer.Argument(
        metavar="[PRINCIPAL]", parser=parse_arn, help="The ARN of a user or role to begin with."
    ),
]
GoalOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--to",
        parser=parse_arn,
        metavar="ARN",
        help="Who to become, instead of an administrator; without PRINCIPAL, everybody who can.",
        show_default=False,
    ),
]
PictureOption: TypeAlias = Annotated[
    Path | None,
    typer.Option("--svg", metavar="FILE", help="Draw the chain here.", show_default=False),
]


def paths(  # noqa: PLR0913 - options of a command
    arn: StartArgument = None,
    *,
    goal: GoalOption = None,
    picture: PictureOption = None,
    files: FilesOption = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    output: FormatOption = Format.TABLE,
) -> int:
    """Show the shortest of the surest ways to become an administrator, step by step."""
    from rolecall.cli.paths_report import draw, print_chains
    from rolecall.cli.problems import CommandError
    from rolecall.cli.snapshots import snapshot
    from rolecall.model.access_graph import AccessGraph

    if not (arn or goal):
        raise CommandError("name a user or role to begin with, or with --to whom to become")
    wanted: list[str | None] = [*files] if files else [None]
    accounts = [snapshot(file, profile, region) for file in wanted]
    for each in filter(None, (arn, goal)):
        _check(accounts, each)
    graph = AccessGraph.of(accounts)
    chains = sorted(_chains(graph, arn, goal), key=lambda each: (each.certainty, each.start))
    if picture:
        draw(chains, picture)
    print_chains(chains, output, _nothing(graph, arn, goal))
    return 0


def _chains(graph: "AccessGraph", arn: str | None, goal: str | None) -> "Iterator[Chain]":
    if goal and not arn:
        yield from graph.paths_to(goal)
    elif arn:
        found = graph.chain(arn, goal) if goal else graph.to_administrator(arn)
        if found:
            yield found


def _nothing(graph: "AccessGraph", arn: str | None, goal: str | None) -> str:
    """Say what it means that there is no chain."""
    if arn is None:
        return f"Nobody can become {goal}."
    if goal:
        return f"{arn} cannot become {goal}, as far as IAM shows."
    if graph.is_administrator(arn):
        return f"{arn} is an administrator already."
    return f"{arn} cannot become an administrator, as far as IAM shows."


def _check(accounts: "list[Account]", arn: str) -> None:
    from rolecall.cli.problems import CommandError

    if not any(arn == each.arn for a in accounts for each in (*a.users, *a.roles)):
        ids = ", ".join(sorted(account.id for account in accounts))
        raise CommandError(f"account {ids} has no user or role {arn}")
