"""`rolecall coverage`: what the audits could see, and what they could not."""

from typing import Annotated

import typer

from rolecall.cli.options import Format, FormatOption, ProfileOption, RegionOption, parse_account


def coverage(
    *,
    account: Annotated[
        str | None,
        typer.Option(
            parser=parse_account,
            metavar="ID",
            help="Everything about this account, part by part.",
            show_default=False,
        ),
    ] = None,
    output: FormatOption = Format.TABLE,
    table: Annotated[
        str,
        typer.Option(envvar="ROLECALL_COVERAGE_TABLE", metavar="NAME", help="The coverage table."),
    ] = "rolecall-coverage",
    profile: ProfileOption = None,
    region: RegionOption = None,
) -> int:
    """Show which accounts the audits read, when, and what of them they did not.

    The table names what is not complete; --account and JSON tell all.
    """
    from rolecall.cli.coverage_report import print_coverage
    from rolecall.cli.findings_table import tables_told

    with tables_told((table,), profile, region) as session:
        from rolecall import command_parts

        print_coverage(command_parts.coverage_survey(session, table).run(account), account, output)
    return 0
