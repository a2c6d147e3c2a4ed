"""What is remembered of events, in memory and in the table: one contract."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from rolecall.adapters.activity_in_memory import ActivityInMemory
from rolecall.adapters.dynamodb_activity import DynamoDBActivity
from rolecall.model.memory import MOST_REMEMBERED, Remembered
from rolecall.services.activity_ports import Occurrence
from tests.adapters.tables import create_activity_table
from tests.builders import ACCOUNT, HUB, NOW

WINDOW = timedelta(minutes=15)


@pytest.fixture
def table(dynamodb):
    return create_activity_table(dynamodb)


@pytest.fixture(params=["table", "memory"])
def activity(request, dynamodb, table):
    return DynamoDBActivity(dynamodb, table) if request.param == "table" else ActivityInMemory()


def trace(number=0, *, minutes=0.0, value="value", subject="alice", **fields):
    at = NOW + timedelta(minutes=minutes)
    given = {
        "account_id": ACCOUNT,
        "rule": "password-guessed",
        "subject": subject,
        "trace": Remembered(at, f"event-{number}", value),
        "window": WINDOW,
    }
    return Occurrence(**{**given, **fields})


def remembered(activity, *occurrences):
    """Keep them all and return the events that the last one is answered with."""
    found = []
    for each in occurrences:
        found = activity.remember(each)
    return sorted({each.event_id for each in found})


def test_a_trace_comes_back_with_those_around_it(activity):
    found = remembered(activity, trace(1), trace(2, minutes=10), trace(3, minutes=-10))

    assert found == ["event-1", "event-2", "event-3"]


def test_a_trace_comes_back_as_it_was(activity):
    what = trace(1, value="203.0.113.7 of nowhere ")

    assert activity.remember(what) == [what.trace]


def test_the_same_event_is_kept_once(activity):
    assert len(activity.remember(trace(1))) == len(activity.remember(trace(1))) == 1


@pytest.mark.parametrize(
    "other",
    [
        trace(2, subject="bob"),
        trace(2, rule="second-factor-guessed"),
        trace(2, account_id=HUB),
        trace(2, minutes=60),
    ],
    ids=["subject", "rule", "account", "time"],
)
def test_what_belongs_to_another_is_not_told(activity, other):
    assert remembered(activity, other, trace(1)) == ["event-1"]


def test_no_more_is_kept_than_tells_anything(activity):
    many = [trace(number) for number in range(MOST_REMEMBERED + 20)]

    assert len(remembered(activity, *many, trace(0))) == MOST_REMEMBERED


def test_an_event_is_told_itself_however_much_came_before(activity):
    many = [trace(number) for number in range(MOST_REMEMBERED)]

    found = remembered(activity, *many, trace(999, value="signed in"))

    assert "event-999" in found
    assert len(found) == MOST_REMEMBERED + 1


def test_names_that_nobody_should_have_are_kept_too(activity):
    hostile = trace(1, subject="\ud800" * 500, value="a b\nc \ud800")

    [found] = activity.remember(hostile)

    assert found.event_id == "event-1"


def test_of_two_at_the_same_time_the_later_sees_both(dynamodb, table):
    activity = DynamoDBActivity(dynamodb, table)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(activity.remember, [trace(number) for number in range(24)]))

    assert max(map(len, answers)) == 24
    assert all(trace(n).trace in answer for n, answer in enumerate(answers))


def test_what_is_kept_expires(dynamodb, table):
    DynamoDBActivity(dynamodb, table).remember(trace(1))

    [item] = dynamodb.scan(TableName=table)["Items"]

    kept_for = int(item["expires_at"]["N"]) - NOW.timestamp()
    assert timedelta(days=1) < timedelta(seconds=kept_for) <= timedelta(days=3)
