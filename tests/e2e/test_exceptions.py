from datetime import UTC, datetime, timedelta

import pytest

from rolecall.adapters.dynamodb_exceptions import DynamoDBExceptions
from rolecall.adapters.dynamodb_findings import DynamoDBFindings
from rolecall.model.settings import RetentionSettings
from rolecall.services.suppress import Decision, Suppress


def now():
    return datetime.now(UTC)


@pytest.fixture
def suppress(world):
    client = world.hub("dynamodb")
    table = DynamoDBFindings(client, "rolecall-findings", RetentionSettings(), now)
    return Suppress(table, table, DynamoDBExceptions(client, "rolecall-coverage"), now)


def test_what_somebody_suppressed_stays_so_through_every_audit_until_it_is_taken_back(
    world, suppress
):
    world.audit()
    found = next(f for f in world.findings.all() if f.rule == "access-key-rotation")
    month = (now() + timedelta(days=30)).date()
    decision = Decision(owner="ops@example.com", reason="it is replaced", ends_on=month)

    suppress.suppress(found.id, decision, "stored by a test")
    world.audit()
    assert suppress.search.get(found.id).status == "SUPPRESSED"

    # As when the exception is taken out behind the finding's back: the audit notices.
    [stored] = suppress.exceptions.all()
    suppress.exceptions.remove(stored.id)
    world.audit()
    assert suppress.search.get(found.id).status == "OPEN"
