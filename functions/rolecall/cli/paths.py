"""`rolecall paths`: how a principal becomes an administrator, or another principal."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from rolecall.cli.options import (
    ConfigOption,
    Format,
    FormatOption,
    ProfileOption,
    RegionOption,
    parse_arn,
    read_config,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolecall.model.access_graph import AccessGraph, Chain

CROWN_JEWELS = "crown-jewels"
_RULE = "crown-jewel-in-reach"

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
        parser=lambda text: text if text == CROWN_JEWELS else parse_arn(text),
        metavar="ARN",
        help="Whom to become, instead of an administrator: an ARN, with wildcards, or crown-jewels,"
        " which --config declares. Without PRINCIPAL, everybody who can.",
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
    config: ConfigOption = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    output: FormatOption = Format.TABLE,
) -> int:
    """Show the shortest of the surest ways to become an administrator, step by step."""
    from rolecall.cli.paths_report import draw, print_chains
    from rolecall.cli.problems import CommandError
    from rolecall.cli.snapshots import snapshot
    from rolecall.model.access_graph import AccessGraph
    from rolecall.services.join import latest_of_each

    if not (arn or goal):
        raise CommandError("name a user or role to begin with, or with --to whom to become")
    patterns = _patterns(goal, config) if goal else ()
    wanted: list[str | None] = [*files] if files else [None]
    accounts = [snapshot(file, profile, region) for file in wanted]
    graph = AccessGraph.of(latest_of_each(accounts))
    if arn:
        _known(graph, arn)
    goals = _known(graph, *patterns) if patterns else []
    chains = sorted(_chains(graph, arn, goals), key=lambda each: (each.certainty, each.start))
    if picture:
        draw(chains, picture)
    print_chains(chains, output, _nothing(graph, arn, goal, is_goal=arn in goals))
    return 0


def _patterns(goal: str, config: Path | None) -> tuple[str, ...]:
    """Return the ARNs that the goal stands for."""
    from rolecall.catalog import find_rule
    from rolecall.cli.problems import CommandError

    if goal != CROWN_JEWELS:
        return (goal,)
    declared = read_config(config).of(find_rule(_RULE)).parameters.get("principals", ())
    if not isinstance(declared, tuple) or not declared:
        raise CommandError(
            f"no crown jewels are declared: list their ARNs under principals of [rules.{_RULE}] in"
            " the file that --config names"
        )
    return declared


def _chains(graph: "AccessGraph", arn: str | None, goals: list[str]) -> "Iterator[Chain]":
    if arn is None:
        yield from graph.paths_to(*goals)
    elif found := graph.chain(arn, *goals) if goals else graph.to_administrator(arn):
        yield found


def _nothing(graph: "AccessGraph", arn: str | None, goal: str | None, *, is_goal: bool) -> str:
    """Say what it means that there is no chain."""
    whom = "any of the crown jewels" if goal == CROWN_JEWELS else goal
    if arn is None:
        return f"Nobody can become {whom}."
    if is_goal:
        return f"{arn} is that already."
    if graph.is_administrator(arn):
        return f"{arn} is an administrator already."
    return f"{arn} cannot become {whom or 'an administrator'}, as far as IAM shows."


def _known(graph: "AccessGraph", *patterns: str) -> list[str]:
    """Return the users and roles that the patterns name; raise CommandError where there is none."""
    from rolecall.cli.problems import CommandError

    found = graph.matching(patterns)
    if not found:
        ids = ", ".join(sorted(realm.account.id for realm in graph.realms))
        raise CommandError(f"account {ids} has no user or role {' or '.join(patterns)}")
    return found
