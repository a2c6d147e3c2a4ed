"""`rolecall migrate`: who has long-lived credentials, and what to use instead."""

from typing import TYPE_CHECKING, Annotated

import typer

from rolecall.cli.audit import AsOfOption, FilesArgument, PeopleOption, ReportOption
from rolecall.cli.options import Format, FormatOption, ProfileOption, RegionOption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolecall.cli.snapshot_files import BesideFiles
    from rolecall.model.account import Account


def migrate(  # noqa: PLR0913 - options of a command
    files: FilesArgument = None,
    *,
    credential_report: ReportOption = None,
    people: PeopleOption = None,
    as_of: AsOfOption = None,
    findings: Annotated[
        str | None,
        typer.Option(
            metavar="JSON",
            help="What `rolecall findings list --rule user-created` or `rolecall replay` wrote with"
            " --format json: who made whom.",
            show_default=False,
        ),
    ] = None,
    people_only: Annotated[
        bool, typer.Option("--people-only", help="Leave programs out: users with keys alone.")
    ] = False,
    profile: ProfileOption = None,
    region: RegionOption = None,
    output: FormatOption = Format.TABLE,
) -> int:
    """Rank the users with long-lived credentials, and say what each should use instead.

    Of a live account with your own credentials, read-only, or of accounts in files. JSON holds
    the commands for each user as well.
    """
    from dataclasses import replace

    from rolecall.cli.exit_codes import CLEAN
    from rolecall.cli.known_creators import read_creators
    from rolecall.cli.migration_list import print_migrations
    from rolecall.cli.problems import CommandError
    from rolecall.cli.snapshot_files import BesideFiles
    from rolecall.model.completeness import Part
    from rolecall.services import migrate as service

    beside = BesideFiles(credential_report=credential_report, people=people, as_of=as_of)
    if beside.is_of_one_account and len(files or ()) != 1:
        raise CommandError("--credential-report is of one account: name one FILE with it")
    accounts = list(_in_files(files, beside) if files else _live(profile, region, people))
    if findings:
        creators = read_creators(findings)
        accounts = [replace(each, creators=creators) for each in accounts]
    unread = [each.id for each in accounts if each.lacks(Part.CREDENTIAL_REPORT)]
    if unread:
        raise CommandError(
            f"the credential report of account {', '.join(unread)} is missing: without it nobody"
            " knows who has a password or a key"
        )
    print_migrations(service.migrate(accounts, people_only=people_only), output)
    return CLEAN


def _in_files(files: list[str], beside: "BesideFiles") -> "Iterator[Account]":
    from rolecall import shared_parts
    from rolecall.cli.snapshot_files import read_account

    read, now = beside.read(), shared_parts.now()
    return (read_account(file, read, now) for file in files)


def _live(profile: str | None, region: str | None, people: str | None) -> "Iterator[Account]":
    from rolecall.cli.live_account import read_live_account
    from rolecall.services.assemble import assemble

    yield assemble(read_live_account(profile, region, people=people))
