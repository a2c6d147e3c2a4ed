"""The account that a question is about: a live one, or one in a file."""

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

if TYPE_CHECKING:
    from rolecall.model.account import Account

SnapshotOption: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--snapshot",
        metavar="FILE",
        help="What `rolecall snapshot` or `aws iam get-account-authorization-details` printed,"
        " instead of a live account; - is standard input.",
        show_default=False,
    ),
]


def snapshot(file: str | None, profile: str | None, region: str | None) -> "Account":
    """Return the account in the file when one is named, and the live one otherwise.

    Raises CommandError when its policies are not known.
    """
    from rolecall.cli.problems import CommandError
    from rolecall.model.completeness import Part

    account = _in_file(file) if file else live(profile, region)
    for gap in account.gaps:
        if gap.is_total or gap.part == Part.AUTHORIZATION_DETAILS:
            raise CommandError(f"{file or account.id}: {gap.error}")
    return account


def live(profile: str | None, region: str | None) -> "Account":
    """Read the account that the credentials belong to."""
    from rolecall.cli.live_account import read_live_account
    from rolecall.services.assemble import assemble

    return assemble(read_live_account(profile, region))


def _in_file(file: str) -> "Account":
    from rolecall import shared_parts
    from rolecall.cli.snapshot_files import read_account
    from rolecall.services.read_snapshot import Beside

    return read_account(file, Beside(), shared_parts.now())
