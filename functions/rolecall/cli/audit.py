"""`rolecall audit`: the rules over a live account or over files, with nothing deployed."""

import gc
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from rolecall.cli.options import (
    ConfigOption,
    FailOn,
    FailOnOption,
    Format,
    FormatOption,
    ProfileOption,
    RegionOption,
    parse_since,
    read_config,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rolecall.cli.audit_report import Subject
    from rolecall.cli.snapshot_files import BesideFiles
    from rolecall.model.rule import Check


def complete_check(incomplete: str) -> list[str]:
    """Return the ids of checks that begin like this, for the shell's completion."""
    from rolecall.catalog import CHECKS

    return [check.id for check in CHECKS if check.id.startswith(incomplete)]


FilesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="FILE...",
        help="Snapshots (`rolecall snapshot`), answers of `aws iam"
        " get-account-authorization-details`, or credential reports; gzipped or not, - for standard"
        " input. Without files the live account is judged.",
        show_default=False,
    ),
]
CheckOption = Annotated[
    list[str] | None,
    typer.Option(
        "--check",
        metavar="RULE",
        help="Run this check only; may be repeated.",
        autocompletion=complete_check,
        show_default=False,
    ),
]
ReportOption = Annotated[
    str | None,
    typer.Option(
        metavar="CSV", help="The credential report of the account in FILE.", show_default=False
    ),
]
LastAccessedOption = Annotated[
    str | None,
    typer.Option(
        metavar="JSON",
        help="Answers of `aws iam get-service-last-accessed-details` by the ARN of the principal.",
        show_default=False,
    ),
]
PeopleOption = Annotated[
    str | None,
    typer.Option(
        metavar="LIST",
        help="Who works here: CSV with the columns user_name, email and active, or JSON.",
        show_default=False,
    ),
]
ApartOption = Annotated[
    bool,
    typer.Option(
        "--apart",
        help="Judge the accounts of several files one by one, with the memory of one; what leads"
        " from one into another is then not seen.",
    ),
]
AsOfOption = Annotated[
    datetime | None,
    typer.Option(
        metavar="DATE",
        help="Judge as of this day or moment; without it, the moment of the snapshot, or now.",
        parser=parse_since,
        show_default=False,
    ),
]


def audit(  # noqa: PLR0913 - options of a command
    files: FilesArgument = None,
    *,
    credential_report: ReportOption = None,
    last_accessed: LastAccessedOption = None,
    people: PeopleOption = None,
    as_of: AsOfOption = None,
    apart: ApartOption = False,
    profile: ProfileOption = None,
    region: RegionOption = None,
    check: CheckOption = None,
    config: ConfigOption = None,
    fail_on: FailOnOption = FailOn.LOW,
    output: FormatOption = Format.TABLE,
) -> int:
    """Judge a live account with your own credentials, read-only, or accounts in files."""
    from rolecall.cli.audit_report import Reporting, report
    from rolecall.cli.snapshot_files import BesideFiles

    checks, settings = _chosen(check or []), read_config(config)
    reporting = Reporting(checks, settings, output, fail_on, bool(check), apart)
    beside = BesideFiles(credential_report, last_accessed, people, as_of)
    accounts = _in_files(files, beside) if files else _live(profile, region, beside)
    with _without_search_for_cycles():
        return report(accounts, reporting)


@contextmanager
def _without_search_for_cycles() -> "Iterator[None]":
    """Spare a fifth of the time: a snapshot is many values, and no two hold each other."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _chosen(rule_ids: "Sequence[str]") -> "Sequence[Check]":
    """Return the named checks, all of them when none is named."""
    from rolecall.catalog import CHECKS, DETECTIONS
    from rolecall.cli.problems import CommandError, unknown_rule

    by_id = {check.id: check for check in CHECKS}
    for rule_id in rule_ids:
        if rule_id in {detection.id for detection in DETECTIONS}:
            raise CommandError(
                f"{rule_id} judges events, not accounts: use `rolecall replay` on CloudTrail files"
            )
        if rule_id not in by_id:
            raise CommandError(unknown_rule(rule_id, by_id))
    return [by_id[rule_id] for rule_id in dict.fromkeys(rule_ids or by_id)]


def _in_files(files: "Sequence[str]", beside: "BesideFiles") -> "Iterator[Subject]":
    """Yield every file with its account, or with what is wrong with it."""
    from rolecall import shared_parts
    from rolecall.cli.problems import CommandError
    from rolecall.cli.snapshot_files import read_account

    if beside.is_of_one_account and len(files) > 1:
        raise CommandError(
            "--credential-report and --last-accessed are of one account: name one file with them,"
            " or put them into snapshots"
        )
    read, now = beside.read(), shared_parts.now()
    for file in files:
        try:
            yield file, read_account(file, read, now)
        except CommandError as error:
            yield file, error


def _live(profile: str | None, region: str | None, beside: "BesideFiles") -> "Iterator[Subject]":
    """Yield the account of the session's credentials, which no file names."""
    from rolecall.cli.live_account import read_live_account
    from rolecall.cli.problems import CommandError
    from rolecall.services.assemble import assemble

    if beside.is_of_one_account or beside.as_of:
        raise CommandError(
            "--credential-report, --last-accessed and --as-of go with a FILE; a live account is"
            " read as it is now"
        )
    yield "", assemble(read_live_account(profile, region, people=beside.people))
