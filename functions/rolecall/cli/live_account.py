"""The account of a person's own credentials, read as it is now."""

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolecall.services.raw_account import RawAccount


def read_live_account(
    profile: str | None, region: str | None, *, people: str | None = None
) -> "RawAccount":
    """Read everything that a snapshot holds; raise CommandError when AWS cannot be asked."""
    from rolecall.cli.problems import aws_problems_told
    from rolecall.cli.snapshot_files import read_people
    from rolecall.cli.terminal import progress

    known = read_people(people) if people else None
    with aws_problems_told(), progress("Connecting to AWS") as tell:
        from rolecall import command_parts

        session = command_parts.session(profile, region)
        account_id = command_parts.own_account_id(session)
        tell(f"Reading account {account_id}")
        raw = command_parts.own_account(session, account_id)
    return replace(raw, people=known) if known else raw
