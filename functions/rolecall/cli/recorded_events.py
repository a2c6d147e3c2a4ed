"""Records from files, with the place where each of them is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rolecall.adapters.cloudtrail_files import read_records
from rolecall.services.replay import UnreadableRecord


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record is; line and number are 0 for the file as such."""

    file: str
    """As it was given on the command line."""
    line: int = 0
    number: int = 0
    """Counted from 1 in each file: CloudTrail's own log files have one line."""

    def __str__(self) -> str:
        """Write it as compilers do, with the record's number where the line does not say it."""
        if not self.number:
            return self.file
        record = "" if self.number == self.line else f" (record {self.number})"
        return f"{self.file}:{self.line}{record}"


def recorded_events(files: Sequence[str]) -> Iterator[tuple[Place, object]]:
    """Yield every record of every file; a file that cannot be read costs no other file."""
    for file in files:
        try:
            for number, (position, record) in enumerate(read_records(Path(file)), start=1):
                yield Place(file, position.line, number), record
        except OSError as error:
            yield Place(file), UnreadableRecord(error.strerror or str(error))
