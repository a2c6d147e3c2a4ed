"""`rolecall findings`: what the deployed Rolecall has found."""

from datetime import datetime
from typing import Annotated, TypeAlias

import typer

from rolecall.cli.explain import complete_rule
from rolecall.cli.options import (
    Format,
    FormatOption,
    Level,
    ProfileOption,
    RegionOption,
    StatusFilter,
    parse_account,
    parse_arn,
    parse_since,
)

app = typer.Typer(no_args_is_help=True, help="Ask the deployed Rolecall what it has found.")

TableOption: TypeAlias = Annotated[
    str,
    typer.Option(envvar="ROLECALL_FINDINGS_TABLE", metavar="NAME", help="The findings table."),
]
AccountOption: TypeAlias = Annotated[
    str | None,
    typer.Option(parser=parse_account, metavar="ID", help="Of this account.", show_default=False),
]
ResourceOption: TypeAlias = Annotated[
    str | None,
    typer.Option(parser=parse_arn, metavar="ARN", help="On this resource.", show_default=False),
]
PrincipalOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        parser=parse_arn, metavar="ARN", help="Of or by this principal.", show_default=False
    ),
]
RuleOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        metavar="RULE", help="Of this rule.", autocompletion=complete_rule, show_default=False
    ),
]
SeverityOption: TypeAlias = Annotated[
    Level | None,
    typer.Option(
        case_sensitive=False,
        metavar="SEVERITY",
        help="At least this severe: informational, low, medium, high or critical.",
        show_default=False,
    ),
]
StatusOption: TypeAlias = Annotated[
    StatusFilter, typer.Option(case_sensitive=False, help="Where they stand.")
]
SinceOption: TypeAlias = Annotated[
    datetime | None,
    typer.Option(
        parser=parse_since,
        metavar="WHEN",
        help="Changed since: 2026-11-01, 2026-11-01T08:00:00Z, 7d or 12h.",
        show_default=False,
    ),
]
LimitOption: TypeAlias = Annotated[
    int | None,
    typer.Option(
        min=1,
        metavar="NUMBER",
        help="At most so many, the worst first; a table shows 100 unless told.",
        show_default=False,
    ),
]


@app.command("list")
def list_findings(  # noqa: PLR0913 - options of a command
    *,
    account: AccountOption = None,
    resource: ResourceOption = None,
    principal: PrincipalOption = None,
    rule: RuleOption = None,
    severity: SeverityOption = None,
    status: StatusOption = StatusFilter.OPEN,
    since: SinceOption = None,
    limit: LimitOption = None,
    output: FormatOption = Format.TABLE,
    table: TableOption = "rolecall-findings",
    profile: ProfileOption = None,
    region: RegionOption = None,
) -> int:
    """List findings, the worst first."""
    from rolecall.cli.findings_report import print_found, warn_of_unknown_rule
    from rolecall.cli.findings_table import findings_table
    from rolecall.model.finding import Status
    from rolecall.model.severity import Severity
    from rolecall.services.ports import FindingQuery

    warn_of_unknown_rule(rule)
    query = FindingQuery(
        account_id=account,
        resource=resource,
        principal=principal,
        rule=rule,
        severity=Severity.parse(severity) if severity else None,
        status=None if status is StatusFilter.ALL else Status(status.upper()),
        changed_since=since,
    )
    with findings_table(table, profile, region) as findings:
        print_found(findings, query, limit, output)
    return 0


@app.command("show")
def show_finding(
    finding_id: Annotated[str, typer.Argument(metavar="ID", help="The finding's id.")],
    *,
    output: FormatOption = Format.TABLE,
    table: TableOption = "rolecall-findings",
    profile: ProfileOption = None,
    region: RegionOption = None,
) -> int:
    """Show everything about one finding: what, who, since when, why it matters, what to do."""
    from rolecall.cli.finding_page import print_finding
    from rolecall.cli.findings_table import findings_table
    from rolecall.cli.problems import CommandError

    with findings_table(table, profile, region) as findings:
        finding = findings.get(finding_id)
    if finding is None:
        raise CommandError(
            f"table {table} has no finding {finding_id}: `rolecall findings list --status all`"
            " shows the ids of those that it has"
        )
    print_finding(finding, output)
    return 0
