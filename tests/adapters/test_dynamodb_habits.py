"""How principals usually act, in memory and in the table: one contract."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from rolecall.adapters.activity_in_memory import ActivityInMemory
from rolecall.adapters.dynamodb_activity import DynamoDBActivity
from rolecall.model.habits import FORGOTTEN, MOST_USUAL, REFRESHED, Habit
from rolecall.services.activity_ports import Appearance
from tests.adapters.tables import create_activity_table
from tests.builders import ACCOUNT, HUB, NOW


@pytest.fixture
def table(dynamodb):
    return create_activity_table(dynamodb)


@pytest.fixture(params=["table", "memory"])
def activity(request, dynamodb, table):
    return DynamoDBActivity(dynamodb, table) if request.param == "table" else ActivityInMemory()


def seen(number=0, *, days=0.0, subject="alice", account_id=ACCOUNT, **values):
    return Appearance(
        account_id=account_id,
        rule="first-seen",
        event_id=f"event-{number}",
        at=NOW + timedelta(days=days),
        habit=Habit(subject, values or {"network": "a"}),
    )


def test_everything_of_a_newcomer_is_new(activity):
    found = activity.accustom(seen(1, network="a", client="b"))

    assert found.new == {"network": "a", "client": "b"}
    assert found.is_newcomer
    assert found.account_since == found.since == NOW
    assert found.known == {"network": 1, "client": 1}


def test_what_was_seen_is_new_no_more(activity):
    activity.accustom(seen(1, network="a", client="b"))

    found = activity.accustom(seen(2, days=1, network="a", client="c"))

    assert found.new == {"client": "c"}
    assert not found.is_newcomer
    assert found.since == NOW
    assert found.known == {"network": 1, "client": 2}


def test_an_event_that_comes_again_finds_what_it_found(activity):
    first = activity.accustom(seen(1))
    activity.accustom(seen(2, days=8))

    assert activity.accustom(seen(1)) == first


def test_an_event_that_comes_late_finds_nothing_new(activity):
    activity.accustom(seen(2, days=1))

    assert not activity.accustom(seen(1)).new


@pytest.mark.parametrize("later", [FORGOTTEN, REFRESHED, timedelta(0)])
def test_what_is_seen_again_in_time_is_not_forgotten(activity, later):
    days = later / timedelta(days=1)
    activity.accustom(seen(1))
    activity.accustom(seen(2, days=days))

    assert not activity.accustom(seen(3, days=days + 80)).new


def test_what_was_not_seen_for_long_is_new_again(activity):
    activity.accustom(seen(1))

    found = activity.accustom(seen(2, days=91))

    assert found.new == {"network": "a"}
    assert activity.accustom(seen(2, days=91)).new
    assert not activity.accustom(seen(3, days=92)).new


def test_subjects_and_accounts_do_not_mix(activity):
    activity.accustom(seen(1))

    assert activity.accustom(seen(2, days=20, subject="bob")).account_since == NOW
    assert activity.accustom(seen(3, days=20, account_id=HUB)).account_since > NOW


def test_a_hostile_number_of_values_is_not_kept(activity):
    for number in range(MOST_USUAL + 20):
        found = activity.accustom(seen(number, network=f"n{number}"))

    assert not found.new
    assert found.known == {"network": MOST_USUAL}


@pytest.mark.parametrize("value", ["", " ", "\ud800", "x" * 5000, "#:a", "since"])
def test_takes_whatever_values_there_are(activity, value):
    assert activity.accustom(seen(1, client=value)).new == {"client": value}
    assert not activity.accustom(seen(2, client=value)).new


def test_of_many_at_the_same_time_one_is_the_first(request, dynamodb, table):
    if "moto" in request.node.name:
        pytest.skip("moto writes without a lock, and DynamoDB Local with one")
    activity = DynamoDBActivity(dynamodb, table)

    with ThreadPoolExecutor(4) as at_once:
        found = list(at_once.map(activity.accustom, [seen(number) for number in range(12)]))

    assert len([each for each in found if each.new]) == 1


def test_what_is_usual_writes_nothing_for_a_week(dynamodb, table):
    activity = DynamoDBActivity(dynamodb, table)
    activity.accustom(seen(1))
    [*before] = dynamodb.scan(TableName=table)["Items"]

    activity.accustom(seen(2, days=6))
    assert dynamodb.scan(TableName=table)["Items"] == before

    activity.accustom(seen(3, days=8))
    assert dynamodb.scan(TableName=table)["Items"] != before


def test_items_expire_when_they_are_forgotten_and_the_account_stays(dynamodb, table):
    DynamoDBActivity(dynamodb, table).accustom(seen(1))

    items = dynamodb.scan(TableName=table)["Items"]
    actor, account = sorted(items, key=lambda each: each["id"]["S"].endswith("account"))
    assert int(actor["expires_at"]["N"]) == int((NOW + FORGOTTEN + REFRESHED).timestamp())
    assert "expires_at" not in account
