from datetime import UTC, datetime

import pytest

from rolecall.model.timestamps import format_day, format_time, parse_time

NOON = datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2026-11-23T12:00:00Z", "2026-11-23T12:00:00+00:00", "2026-11-23T13:00:00+01:00"],
)
def test_reads_every_spelling_of_the_same_moment(text):
    assert parse_time(text) == NOON


@pytest.mark.parametrize("text", ["2026-11-23T12:00:00", "N/A", ""])
def test_refuses_what_could_be_any_moment(text):
    with pytest.raises(ValueError, match=r"time zone|isoformat"):
        parse_time(text)


def test_writes_what_it_reads():
    assert format_time(parse_time("2026-11-23T13:00:00+01:00")) == "2026-11-23T12:00:00Z"


def test_a_day_is_the_day_in_utc():
    assert format_day(parse_time("2026-11-24T00:30:00+01:00")) == "2026-11-23"


def test_writes_ancient_years_with_their_zeros():
    assert format_time(parse_time("0987-01-02T00:00:00Z")) == "0987-01-02T00:00:00Z"
