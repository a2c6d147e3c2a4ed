"""`rolecall principals`: users and roles that the deployed Rolecall keeps records of."""

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from rolecall.cli.options import (
    Format,
    FormatOption,
    ProfileOption,
    RegionOption,
    parse_account,
    parse_arn,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolecall.model.evidence import Json
    from rolecall.services.principal_ports import PrincipalSearch

TableOption: TypeAlias = Annotated[
    str,
    typer.Option(envvar="ROLECALL_PRINCIPALS_TABLE", metavar="NAME", help="The principals table."),
]
PolicyOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        parser=parse_arn,
        metavar="ARN",
        help="Who holds this managed policy, in any account.",
        show_default=False,
    ),
]
AccountOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        parser=parse_account, metavar="ID", help="Everybody of this account.", show_default=False
    ),
]


def principals(  # noqa: PLR0913 - options of a command
    *,
    policy: PolicyOption = None,
    administrators: Annotated[
        bool, typer.Option("--administrators", help="Every administrator of the organization.")
    ] = False,
    escalating: Annotated[
        bool, typer.Option("--escalating", help="Everybody who can become an administrator.")
    ] = False,
    account: AccountOption = None,
    output: FormatOption = Format.TABLE,
    table: TableOption = "rolecall-principals",
    profile: ProfileOption = None,
    region: RegionOption = None,
) -> int:
    """List users and roles: holders of a policy, administrators, or everybody of an account."""
    from rolecall.cli.findings_table import tables_told
    from rolecall.cli.principal_list import print_list
    from rolecall.cli.problems import CommandError

    if sum(map(bool, (policy, administrators, escalating, account))) != 1:
        raise CommandError("name one of --policy, --administrators, --escalating and --account")
    with tables_told((table,), profile, region) as session:
        from rolecall import command_parts

        search = command_parts.principal_search(session, table)
        rank = "administrator" if administrators else "escalates" if escalating else ""
        found = list(_found(search, policy, rank, account))
    print_list(found, output)
    return 0


def _found(
    search: "PrincipalSearch", policy: str | None, rank: str, account: str | None
) -> "Iterator[dict[str, Json]]":
    from rolecall.model.principal_document import principal_document
    from rolecall.model.principal_record import Rank

    if policy:
        for arn, groups in search.holders(policy):
            named = [group for group in groups if group]
            yield {"principal_arn": arn, "is_direct": "" in groups, "groups": named}
        return
    records = search.of_account(account) if account else search.of_rank(Rank(rank))
    yield from map(principal_document, records)
