"""`rolecall principal ARN`: what a user or role holds, and what it amounts to."""

from typing import Annotated, TypeAlias

import typer

from rolecall.cli.can import PrincipalArgument, find_principal
from rolecall.cli.options import Format, FormatOption, ProfileOption, RegionOption
from rolecall.cli.snapshots import SnapshotOption

TableOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        envvar="ROLECALL_PRINCIPALS_TABLE",
        metavar="NAME",
        help="The principals table of the hub, instead of a live account.",
        show_default=False,
    ),
]


def principal(  # noqa: PLR0913 - options of a command
    arn: PrincipalArgument,
    *,
    table: TableOption = None,
    file: SnapshotOption = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    output: FormatOption = Format.TABLE,
) -> int:
    """Show the policies of a user or role, its trust, and its rights by service and level.

    Asks the hub's table where one is named, a file where one is given, else the live account.
    """
    if table and not file:
        return _stored(arn, table, profile, region, output)
    from rolecall.cli.principal_report import allowed_actions, print_principal
    from rolecall.cli.snapshots import snapshot
    from rolecall.policy import granted
    from rolecall.services.describe_principal import describe
    from rolecall.services.permissions import Permissions

    account = snapshot(file, profile, region)
    found = find_principal(Permissions(account), arn)
    actions = allowed_actions(granted(account.policy_set(found)))
    print_principal(describe(account, found), output, actions)
    return 0


def _stored(arn: str, table: str, profile: str | None, region: str | None, output: Format) -> int:
    from rolecall.cli.findings_table import tables_told
    from rolecall.cli.principal_report import print_principal
    from rolecall.cli.problems import CommandError

    account_id = arn.split(":")[4:5]
    if not account_id or not account_id[0]:
        raise CommandError(f"{arn} names no account, and so no user or role")
    with tables_told((table,), profile, region) as session:
        from rolecall import command_parts

        record = command_parts.principal_search(session, table).get(arn)
    if record is None:
        raise CommandError(
            f"table {table} has no user or role {arn}: the audit `over-privilege` writes it once"
            " the account could be read"
        )
    print_principal(record, output)
    return 0
