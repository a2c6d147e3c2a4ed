"""Accounts from files: snapshots, or AWS's plain answers, with what was given beside them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rolecall.cli.problems import CommandError

if TYPE_CHECKING:
    from rolecall.model.account import Account
    from rolecall.model.organization import People
    from rolecall.services.read_snapshot import Beside


@dataclass(frozen=True, slots=True)
class BesideFiles:
    """What the options name beside the files."""

    credential_report: str | None = None
    last_accessed: str | None = None
    people: str | None = None
    as_of: datetime | None = None

    @property
    def is_of_one_account(self) -> bool:
        """Whether something is named that can belong to one account only."""
        return bool(self.credential_report or self.last_accessed)

    def read(self) -> "Beside":
        """Read the files; raise CommandError."""
        from rolecall.services.read_snapshot import Beside

        return Beside(
            report=read_text(self.credential_report) if self.credential_report else None,
            last_accessed=_object(self.last_accessed) if self.last_accessed else None,
            people=read_people(self.people) if self.people else None,
            as_of=self.as_of,
        )


def read_account(file: str, beside: "Beside", now: datetime) -> "Account":
    """Read the snapshot of one account; raise CommandError saying what is wrong with the file."""
    from rolecall.services.assemble import assemble
    from rolecall.services.read_snapshot import read_snapshot
    from rolecall.services.snapshot_document import SnapshotError

    try:
        return assemble(read_snapshot(read_text(file), beside, now))
    except SnapshotError as error:
        raise CommandError(f"{file}: {error}") from error


def read_people(file: str) -> "People":
    """Read who works here: a table with a header, or the JSON of a snapshot's `people`."""
    from rolecall.model.people_list import PeopleError, read_people_list

    try:
        return read_people_list(read_text(file), Path(file).name)
    except PeopleError as error:
        raise CommandError(f"{file}: {error}") from error


def read_text(file: str) -> str:
    """Read a file, gzipped or not, `-` for standard input; raise CommandError."""
    from rolecall.adapters.gzip_chunks import DamagedFileError, read_chunks

    try:
        return b"".join(read_chunks(Path(file))).decode()
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror or error}") from error
    except DamagedFileError as error:
        raise CommandError(f"{file}: {error}") from error
    except UnicodeDecodeError:
        raise CommandError(f"{file}: this is no text in UTF-8") from None


def _object(file: str) -> Mapping[str, Any]:
    try:
        document = json.loads(read_text(file))
    except ValueError as error:
        raise CommandError(f"{file}: it is no JSON ({error})") from error
    if not isinstance(document, Mapping):
        raise CommandError(f"{file}: it should be an object by the ARN of the principal")
    return document
