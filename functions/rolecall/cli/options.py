"""The options that commands share, and how their values are read."""

import re
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from rolecall.model.severity import Severity
from rolecall.model.timestamps import parse_time

if TYPE_CHECKING:
    from rolecall.model.settings import Settings

_SPAN = re.compile(r"(\d{1,5})([dh])")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ACCOUNT_ID = re.compile(r"\d{12}")


class Format(StrEnum):
    """How results are printed."""

    TABLE = "table"
    JSON = "json"
    JSONL = "jsonl"


class Level(StrEnum):
    """A severity as people type it."""

    INFORMATIONAL = "informational"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class FailOn(StrEnum):
    """From which severity on a finding makes the command fail."""

    INFORMATIONAL = "informational"
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"
    NEVER = "never"

    def is_reached_by(self, severity: Severity) -> bool:
        """Tell whether a finding of that severity makes the command fail."""
        return self is not FailOn.NEVER and severity >= Severity.parse(self)


class StatusFilter(StrEnum):
    """Which findings to show, by where they stand."""

    OPEN = "open"
    SUPPRESSED = "suppressed"
    RESOLVED = "resolved"
    ALL = "all"


FormatOption: TypeAlias = Annotated[
    Format,
    typer.Option("--format", case_sensitive=False, help="A table for people, JSON for machines."),
]
FailOnOption: TypeAlias = Annotated[
    FailOn,
    typer.Option(
        case_sensitive=False,
        metavar="SEVERITY",
        help="Exit with 1 when a finding is at least this severe: informational, low, medium, high,"
        " critical; or never.",
    ),
]
ConfigOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="A rolecall.toml whose rule parameters apply; without one the defaults do.",
        show_default=False,
    ),
]
ProfileOption: TypeAlias = Annotated[
    str | None,
    typer.Option(help="Profile of the AWS configuration.", metavar="NAME", show_default=False),
]
RegionOption: TypeAlias = Annotated[
    str | None,
    typer.Option(help="AWS region to talk to.", metavar="REGION", show_default=False),
]


def read_config(path: Path | None) -> "Settings":
    """Read the settings of a rolecall.toml, the defaults without one; raise CommandError."""
    from rolecall.adapters.settings_file import read_settings
    from rolecall.cli.problems import CommandError
    from rolecall.model.settings import Settings, SettingsError

    if path is None:
        return Settings()
    try:
        return read_settings(path)
    except SettingsError as error:
        raise CommandError(str(error)) from error


def parse_since(text: str) -> datetime:
    """Read a day, a moment, or a span back from now such as `7d` and `12h`."""
    if span := _SPAN.fullmatch(text):
        number = int(span[1])
        return datetime.now(UTC) - (
            timedelta(days=number) if span[2] == "d" else timedelta(hours=number)
        )
    try:
        return parse_time(f"{text}T00:00:00Z" if _DAY.fullmatch(text) else text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no time: use a day (2026-11-01), a moment (2026-11-01T08:00:00Z)"
            " or a span back from now (7d, 12h)"
        ) from None


def parse_until(text: str) -> date:
    """Read a day, or a number of days from today such as `14d`."""
    if (span := _SPAN.fullmatch(text)) and span[2] == "d":
        return (datetime.now(UTC) + timedelta(days=int(span[1]))).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is no day: use a day (2027-01-31) or a number of days from today (14d)"
        ) from None


def parse_account(text: str) -> str:
    """Read an account id."""
    if not _ACCOUNT_ID.fullmatch(text):
        raise typer.BadParameter(f"{text!r} is no account id, which has twelve digits")
    return text


def parse_arn(text: str) -> str:
    """Read an ARN; names alone are not unique in an organization."""
    if not text.startswith("arn:"):
        raise typer.BadParameter(
            f"{text!r} is no ARN; it should look like arn:aws:iam::111122223333:user/alice"
        )
    return text
