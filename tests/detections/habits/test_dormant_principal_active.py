from dataclasses import replace

import pytest

from rolecall.adapters.activity_in_memory import ActivityInMemory
from rolecall.detections.habits.dormant_principal_active import dormant_principal_active
from rolecall.model.credentials import NEVER_USED, UNKNOWN_USE, LastUse, Use
from rolecall.model.settings import Settings
from rolecall.model.severity import Severity
from rolecall.services.describe_principal import describe
from rolecall.services.judge_event import EventJudge
from tests.builders import NOW, account, days_ago, event, role_identity
from tests.rights import DEPLOY

RECORD = replace(describe(account(roles=[DEPLOY]), DEPLOY), created_at=days_ago(400))


def told(last_use, *, created=400, name="CreateUser", **fields):
    record = replace(RECORD, last_use=last_use, created_at=days_ago(created))
    asked = {record.arn: record}
    judge = EventJudge((dormant_principal_active,), Settings(), ActivityInMemory(), asked.get)
    given = {"actor": role_identity(), **fields}
    judged = judge.run(event(name, **given), NOW)
    assert not judged.crashes
    return list(judged.findings)


def used(days):
    return LastUse(Use.USED, days_ago(days))


def test_tells_a_role_that_was_not_used_for_months():
    [finding] = told(used(200))

    assert finding.severity is Severity.HIGH
    assert finding.summary == (
        "role ci-deploy (session build-42) called CreateUser, not used since 2026-06-01 at least"
    )
    assert finding.resource.arn == DEPLOY.arn


def test_tells_a_role_that_was_never_used():
    [finding] = told(NEVER_USED, created=100)

    assert "never seen used since 2026-08-15 at least" in finding.summary


@pytest.mark.parametrize(
    ("last_use", "fields"),
    [
        (used(10), {}),
        (used(100), {}),
        (NEVER_USED, {"created": 80}),
        (UNKNOWN_USE, {}),
        (used(200), {"error": "AccessDenied"}),
        (used(200), {"actor": role_identity("other")}),
        (used(200), {"actor": role_identity(invokedBy="cloudformation.amazonaws.com")}),
        (used(200), {"readOnly": True}),
    ],
    ids=[
        *("lately", "the same month might hold a later use", "new", "unknown", "refused"),
        *("nothing is known of", "on its behalf", "reading"),
    ],
)
def test_is_quiet_otherwise(last_use, fields):
    assert told(last_use, **fields) == []


def test_each_awakening_is_one_finding():
    first, second = told(used(200)), told(used(200), name="DeleteUser")

    assert [each.id for each in first] == [each.id for each in second]
