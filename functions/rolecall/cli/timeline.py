"""`rolecall timeline ARN`: the story of a user or role, as the hub's tables know it."""

from typing import Annotated

import typer

from rolecall.cli.options import Format, FormatOption, ProfileOption, RegionOption, parse_arn


def timeline(  # noqa: PLR0913 - options of a command
    arn: Annotated[
        str, typer.Argument(metavar="ARN", parser=parse_arn, help="ARN of a user or role.")
    ],
    *,
    principals: Annotated[
        str, typer.Option(envvar="ROLECALL_PRINCIPALS_TABLE", metavar="NAME", help="Table of them.")
    ] = "rolecall-principals",
    changes: Annotated[
        str, typer.Option(envvar="ROLECALL_CHANGES_TABLE", metavar="NAME", help="Table of calls.")
    ] = "rolecall-changes",
    findings: Annotated[
        str, typer.Option(envvar="ROLECALL_FINDINGS_TABLE", metavar="NAME", help="Table of these.")
    ] = "rolecall-findings",
    profile: ProfileOption = None,
    region: RegionOption = None,
    output: FormatOption = Format.TABLE,
) -> int:
    """Tell by whom a user or role was made and changed, what was found, and when it was used."""
    from rolecall.cli.findings_table import tables_told
    from rolecall.cli.problems import CommandError
    from rolecall.cli.timeline_report import print_timeline

    if not any(f":{kind}/" in arn for kind in ("user", "role")):
        raise CommandError(f"{arn} is no user or role")
    with tables_told((principals, changes, findings), profile, region) as session:
        from rolecall import change_parts

        moments = change_parts.tell_timeline(session, principals, changes, findings).run(arn)
    if not moments:
        raise CommandError(f"nothing is known of {arn}")
    print_timeline(moments, output)
    return 0
