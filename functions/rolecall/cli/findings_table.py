"""The findings table, opened with a person's own credentials."""

from collections.abc import Iterator
from contextlib import contextmanager

from rolecall.cli.problems import CommandError, aws_problems_told
from rolecall.services.ports import FindingSearch


@contextmanager
def findings_table(table: str, profile: str | None, region: str | None) -> Iterator[FindingSearch]:
    """Yield the table's questions; raise CommandError for whatever keeps them from an answer."""
    with aws_problems_told():
        from botocore.exceptions import ClientError

        from rolecall import bootstrap
        from rolecall.adapters.aws_errors import error_code

        session = bootstrap.session(profile, region)
        try:
            yield bootstrap.finding_search(session, table)
        except ClientError as error:
            if error_code(error) != "ResourceNotFoundException":
                raise
            raise CommandError(
                f"there is no table {table} in {session.region_name} of the account of these"
                " credentials: name the hub's with --profile and --region, or another table with"
                " --table or ROLECALL_FINDINGS_TABLE"
            ) from error
