from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rolecall.adapters.activity_in_memory import SessionsInMemory
from rolecall.adapters.dynamodb_sessions import DynamoDBSessions
from rolecall.model.role_sessions import LONGEST, OpenedSession
from tests.adapters.tables import create_activity_table

NOW = datetime.now(UTC).replace(microsecond=0)
SESSION = OpenedSession("ASIA1", "user anna", "AKIAIOSFODNN7EXAMPLE", NOW, is_named=True)
UNNAMED = replace(SESSION, opened_by="somebody", is_named=False)


@pytest.fixture(params=["table", "memory"])
def sessions(request, dynamodb):
    if request.param == "memory":
        return SessionsInMemory()
    return DynamoDBSessions(dynamodb, create_activity_table(dynamodb))


def test_a_session_comes_back_as_it_was(sessions):
    sessions.keep(SESSION)
    sessions.keep(SESSION)

    assert sessions.opened("ASIA1") == SESSION


def test_nothing_is_known_of_others(sessions):
    sessions.keep(SESSION)

    assert sessions.opened("ASIA2") is None


@pytest.mark.parametrize("order", [(SESSION, UNNAMED), (UNNAMED, SESSION)])
def test_what_knows_more_stays(sessions, order):
    for each in order:
        sessions.keep(each)

    assert sessions.opened("ASIA1") == SESSION


def test_is_over_when_no_session_can_last_longer(dynamodb):
    sessions = DynamoDBSessions(dynamodb, create_activity_table(dynamodb))
    sessions.keep(replace(SESSION, at=NOW - LONGEST - timedelta(seconds=5)))

    assert sessions.opened("ASIA1") is None
