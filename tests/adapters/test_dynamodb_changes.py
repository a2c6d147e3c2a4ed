from dataclasses import replace
from datetime import timedelta

import pytest

from rolecall.adapters.dynamodb_changes import DynamoDBChanges
from tests.adapters.tables import create_changes_table
from tests.builders import ACCOUNT, HUB, NOW, days_ago
from tests.rights import a_call

CALL = a_call(eventTime="2026-11-23T11:00:00Z")


@pytest.fixture
def table(dynamodb):
    return create_changes_table(dynamodb)


@pytest.fixture
def changes(dynamodb, table):
    return DynamoDBChanges(dynamodb, table)


def test_a_change_comes_back_as_it_was(changes):
    changes.keep(CALL)

    assert changes.since(ACCOUNT, days_ago(1)) == [CALL]


def test_the_same_event_is_kept_once(changes):
    changes.keep(CALL)
    changes.keep(CALL)

    assert changes.since(ACCOUNT, days_ago(1)) == [CALL]


def test_returns_changes_from_the_moment_on_in_order_of_time(changes):
    earlier = replace(CALL, at=CALL.at - timedelta(hours=1), event_id="earlier")
    for each in (CALL, earlier, replace(CALL, account_id=HUB)):
        changes.keep(each)

    assert changes.since(ACCOUNT, earlier.at) == [earlier, CALL]
    assert changes.since(ACCOUNT, CALL.at) == [CALL]
    assert changes.since(ACCOUNT, CALL.at + timedelta(seconds=1)) == []


def test_changes_expire_after_three_months(changes, dynamodb, table):
    changes.keep(CALL)

    [item] = dynamodb.scan(TableName=table)["Items"]
    assert int(item["expires_at"]["N"]) == int((CALL.at + timedelta(days=90)).timestamp())


def test_remembers_when_an_account_was_looked_at_and_never_goes_back(changes):
    assert changes.looked_at(ACCOUNT) is None

    changes.look(ACCOUNT, NOW)
    changes.look(ACCOUNT, days_ago(1))

    assert changes.looked_at(ACCOUNT) == NOW
    assert changes.looked_at(HUB) is None
    changes.look(ACCOUNT, days_ago(-1))
    assert changes.looked_at(ACCOUNT) == days_ago(-1)


def test_when_it_was_looked_at_is_no_change_and_does_not_expire(changes, dynamodb, table):
    changes.look(ACCOUNT, NOW)

    assert changes.since(ACCOUNT, days_ago(1)) == []
    [item] = dynamodb.scan(TableName=table)["Items"]
    assert "expires_at" not in item


def test_keeps_names_that_are_no_text(changes):
    odd = replace(CALL, touched=("role/\N{SNOWMAN}",))

    changes.keep(odd)

    assert changes.since(ACCOUNT, days_ago(1)) == [odd]
