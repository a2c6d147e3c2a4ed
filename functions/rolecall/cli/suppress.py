"""`rolecall findings suppress` and `unsuppress`: exceptions that cannot wait for a review."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from rolecall.cli.options import ConfigOption, ProfileOption, RegionOption, parse_until, read_config

if TYPE_CHECKING:
    from rolecall.services.suppress import Suppress

FindingArgument: TypeAlias = Annotated[
    str, typer.Argument(metavar="ID", help="The finding's id.", show_default=False)
]
TableOption: TypeAlias = Annotated[
    str,
    typer.Option(envvar="ROLECALL_FINDINGS_TABLE", metavar="NAME", help="The findings table."),
]
CoverageTableOption: TypeAlias = Annotated[
    str,
    typer.Option(
        envvar="ROLECALL_COVERAGE_TABLE",
        metavar="NAME",
        help="The table that keeps exceptions beside the coverage.",
    ),
]


def suppress_finding(  # noqa: PLR0913 - options of a command
    finding_id: FindingArgument,
    *,
    owner: Annotated[
        str, typer.Option(metavar="WHO", help="Who answers for it.", show_default=False)
    ],
    reason: Annotated[
        str, typer.Option(metavar="WHY", help="Why it is left as it is.", show_default=False)
    ],
    until: Annotated[
        date,
        typer.Option(
            parser=parse_until,
            metavar="DAY",
            help="The last day of the exception, in UTC: 2027-01-31, or 14d from today.",
            show_default=False,
        ),
    ],
    ticket: Annotated[
        str, typer.Option(metavar="TICKET", help="Where it is written down.", show_default=False)
    ] = "",
    config: ConfigOption = None,
    table: TableOption = "rolecall-findings",
    coverage_table: CoverageTableOption = "rolecall-coverage",
    profile: ProfileOption = None,
    region: RegionOption = None,
) -> int:
    """Leave one finding as it is until a certain day; it stays visible as suppressed."""
    from rolecall.model.commands import rolecall
    from rolecall.services.suppress import Decision

    decision = Decision(owner=owner, reason=reason, ticket=ticket, ends_on=until)
    with _use_case(config, (table, coverage_table), profile, region) as (use_case, caller):
        finding = use_case.suppress(finding_id, decision, f"stored by {caller}")
    typer.echo(f"Suppressed until {until}: {finding.summary}")
    typer.echo(f"Open it again with `{rolecall('findings unsuppress', finding_id)}`.")
    return 0


def unsuppress_finding(  # noqa: PLR0913 - options of a command
    finding_id: FindingArgument,
    *,
    config: ConfigOption = None,
    table: TableOption = "rolecall-findings",
    coverage_table: CoverageTableOption = "rolecall-coverage",
    profile: ProfileOption = None,
    region: RegionOption = None,
) -> int:
    """Take back what `suppress` did: forget the exception and open the finding again."""
    with _use_case(config, (table, coverage_table), profile, region) as (use_case, _):
        finding = use_case.unsuppress(finding_id)
    typer.echo(f"Open again: {finding.summary}")
    return 0


@contextmanager
def _use_case(
    config: "ConfigOption", tables: tuple[str, str], profile: str | None, region: str | None
) -> Iterator[tuple["Suppress", str]]:
    """Yield the use case and who asks for it; raise CommandError for whatever fails."""
    from rolecall.cli.findings_table import tables_told
    from rolecall.cli.problems import CommandError
    from rolecall.model.settings import SettingsError
    from rolecall.services.suppress import SuppressionError

    retention = read_config(config).retention
    with tables_told(tables, profile, region) as session:
        from rolecall import command_parts

        try:
            yield (
                command_parts.suppress(session, *tables, retention),
                command_parts.caller_arn(session),
            )
        except (SettingsError, SuppressionError) as error:
            raise CommandError(str(error)) from error
