import json
import re
from datetime import UTC, datetime

import pytest

from rolecall.adapters.dynamodb_coverage import DynamoDBCoverage
from rolecall.catalog import CHECKS
from rolecall.model.completeness import Completeness, Part, State
from rolecall.model.coverage import AccountCoverage
from rolecall.model.rule import AUDITS
from tests.infra.synthesis import REPOSITORY
from tests.infra.test_audits import state_machine
from tools.cost import ASSUMED, BUILT, month, table

PAGE = REPOSITORY / "docs" / "cost.md"


@pytest.fixture(scope="module")
def alarms(organization):
    return organization.resources("RolecallHub", "AWS::CloudWatch::Alarm").values()


@pytest.mark.parametrize("page", [PAGE, REPOSITORY / "README.md"], ids=lambda page: page.name)
def test_prints_what_the_pages_say(page):
    [block] = re.findall(
        r"<!-- python -m tools\.cost -->\n(.*?)\n?<!-- end -->", page.read_text(), re.DOTALL
    )

    assert block.strip() == table()


def test_says_on_the_page_what_a_child_for_each_account_would_cost():
    assert f"{month(1_000)['Step Functions']:.2f}" in PAGE.read_text()


def test_costs_less_than_twelve_dollars_for_a_thousand_accounts():
    assert sum(month(1_000).values()) < 12


def test_counts_the_coverage_of_an_account_without_gaps():
    now = datetime(2026, 11, 23, 17, 48, tzinfo=UTC)
    parts = {
        part: Completeness(State.PRESENT, read_at=now)
        for part in {*_parts_of_organization(), *_parts_of_audit("user-age")}
    }
    coverage = AccountCoverage(
        account_id="111122223333", audit="user-age", run="x" * 36, at=now, parts=parts
    )
    table = Written()

    DynamoDBCoverage(table, "coverage").save(coverage)

    assert table.bytes <= ASSUMED.coverage_kb * 1024


def test_counts_the_alarms_that_there_are(alarms):
    metrics = [sum("MetricStat" in each for each in a.get("Metrics", [])) or 1 for a in alarms]

    assert sum(metrics) == BUILT.alarm_metrics
    assert f"{len(alarms)} alarms over {BUILT.alarm_metrics} metrics" in PAGE.read_text()


def test_counts_the_indexes_that_there_are(organization):
    tables = organization.resources("RolecallHub", "AWS::DynamoDB::GlobalTable")

    assert "GlobalSecondaryIndexes" not in tables["rolecall-changes"]

    assert len(tables["rolecall-findings"]["GlobalSecondaryIndexes"]) == BUILT.indexes
    principals = tables["rolecall-principals"]
    assert len(principals["GlobalSecondaryIndexes"]) == BUILT.principals_indexes
    assert {each["TableClass"] for each in principals["Replicas"]} == {"STANDARD_INFREQUENT_ACCESS"}


def test_counts_memory_as_it_is_given(organization):
    functions = organization.resources("RolecallHub", "AWS::Lambda::Function")

    for audit in AUDITS:
        assert functions[f"rolecall-check-{audit}"]["MemorySize"] == BUILT.check_memory_gb * 1024
    assert functions["rolecall-weigh-changes"]["MemorySize"] == BUILT.check_memory_gb * 1024
    for name in ("detect-event", "notify"):
        assert functions[f"rolecall-{name}"]["MemorySize"] == BUILT.other_memory_gb * 1024


def test_counts_the_states_and_the_batches_of_a_run(organization):
    definition = state_machine(organization)
    the_map = definition["States"]["AuditAccounts"]

    assert len(definition["States"]) - len({"GiveUp"}) == BUILT.states_a_run
    assert the_map["ItemBatcher"]["MaxItemsPerBatch"] == BUILT.accounts_a_child


def test_counts_one_run_a_day_for_each_schedule(organization):
    schedules = organization.resources("RolecallHub", "AWS::Scheduler::Schedule")

    assert len(schedules) == BUILT.audits_a_day
    assert all(
        re.match(r"cron\(\d+ \d+ ", each["ScheduleExpression"]) for each in schedules.values()
    )


def test_counts_the_queues_that_functions_wait_at(organization):
    mappings = organization.resources("RolecallHub", "AWS::Lambda::EventSourceMapping").values()

    assert sum("Queue" in json.dumps(each) for each in mappings) == BUILT.polled_queues


def test_counts_the_keys_that_there_are(organization):
    keys = organization.resources("RolecallHub", "AWS::KMS::Key")

    assert len(keys) == BUILT.keys, json.dumps(keys)


class Written:
    """A table's client that counts the bytes of an item as DynamoDB does."""

    def put_item(self, *, TableName, Item):  # noqa: ARG002, N803 - boto3's names
        self.bytes = sum(len(name) + _bytes(value) for name, value in Item.items())


def _bytes(attribute):
    """https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html"""
    match attribute:
        case {"S": text}:
            return len(text)
        case {"BOOL": _}:
            return 1
        case {"L": values}:
            return 3 + sum(1 + _bytes(each) for each in values)
        case {"M": values}:
            return 3 + sum(1 + len(name) + _bytes(each) for name, each in values.items())


def _parts_of_audit(audit):
    needs = frozenset().union(*(each.needs for each in CHECKS if audit in each.audits))
    return (needs | {Part.ACCESS_KEY_IDS}) - {Part.EARLIER_FINDINGS, Part.SERVICE_LAST_ACCESSED}


def _parts_of_organization():
    return {
        Part.ORGANIZATION,
        Part.ORGANIZATION_ACCOUNTS,
        Part.ORGANIZATION_POLICIES,
        Part.ORGANIZATION_FEATURES,
        Part.DELEGATED_ADMINISTRATORS,
        Part.PEOPLE,
    }
