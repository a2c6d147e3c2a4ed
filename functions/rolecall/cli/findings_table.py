"""The hub's tables, opened with a person's own credentials."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rolecall.cli.problems import CommandError, aws_problems_told
from rolecall.services.ports import FindingSearch

if TYPE_CHECKING:
    import boto3


@contextmanager
def findings_table(table: str, profile: str | None, region: str | None) -> Iterator[FindingSearch]:
    """Yield the table's questions; raise CommandError for whatever keeps them from an answer."""
    with tables_told((table,), profile, region) as session:
        from rolecall import command_parts

        yield command_parts.finding_search(session, table)


@contextmanager
def tables_told(
    tables: Sequence[str], profile: str | None, region: str | None
) -> Iterator["boto3.Session"]:
    """Yield a session; raise CommandError for what keeps it from the tables, or has none."""
    with aws_problems_told():
        from botocore.exceptions import ClientError

        from rolecall import command_parts
        from rolecall.adapters.aws_errors import error_code

        session = command_parts.session(profile, region)
        try:
            yield session
        except ClientError as error:
            if error_code(error) != "ResourceNotFoundException":
                raise
            raise CommandError(
                f"there is no table {' or '.join(tables)} in {session.region_name} of the account"
                " of these credentials: name the hub's with --profile and --region, or another"
                " table with --table or ROLECALL_FINDINGS_TABLE"
            ) from error
