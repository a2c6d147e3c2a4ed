"""Moments in time as text and back: always UTC, always aware, to the second."""

from datetime import UTC, datetime


def parse_time(text: str) -> datetime:
    """Read an ISO 8601 time with `Z` or an offset.

    Raises ValueError when the text is no time or names no offset: a time without one could be
    off by a day, and ages are judged to the second.
    """
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} names no time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{text!r} is out of the calendar") from error


def format_time(moment: datetime) -> str:
    """Write a moment as `2026-11-23T17:48:00Z`, which sorts as text the way it sorts in time."""
    # Not strftime, which writes years before 1000 without their zeros on some machines.
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"


def format_day(moment: datetime) -> str:
    """Write the UTC day of a moment as `2026-11-23`."""
    return moment.astimezone(UTC).date().isoformat()
