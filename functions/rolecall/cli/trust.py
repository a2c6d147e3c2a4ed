"""`rolecall trust`: everybody from outside who can become a role."""

from typing import TYPE_CHECKING, Annotated

import typer

from rolecall.cli.options import Format, FormatOption, ProfileOption, RegionOption

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rolecall.model.account import Account

FilesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE...",
        help="Snapshots (`rolecall snapshot`) or answers of `aws iam"
        " get-account-authorization-details`; gzipped or not, - for standard input. Without files"
        " the live account is asked.",
        show_default=False,
    ),
]


def trust(
    files: FilesArgument = None,
    *,
    profile: ProfileOption = None,
    region: RegionOption = None,
    output: FormatOption = Format.TABLE,
) -> int:
    """List every foreign account, federated subject and the public, with what they can do."""
    from rolecall.cli.exit_codes import CLEAN
    from rolecall.cli.trust_report import print_outsiders
    from rolecall.services.list_outsiders import list_outsiders

    accounts = list(_accounts(files, profile, region))
    print_outsiders(list_outsiders(accounts), [account for _, account in accounts], output)
    return CLEAN


def _accounts(
    files: "Sequence[str] | None", profile: str | None, region: str | None
) -> "Iterator[tuple[str, Account]]":
    from rolecall.cli.snapshots import snapshot

    for file in files or ("",):
        yield file, snapshot(file or None, profile, region)
