import json
import re

import pytest

from rolecall.model.rule import AUDITS
from tests.infra.synthesis import REPOSITORY
from tests.infra.test_audits import state_machine
from tools.cost import BUILT, month, table

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


def test_costs_less_than_ten_dollars_for_a_thousand_accounts():
    assert sum(month(1_000).values()) < 10


def test_counts_the_alarms_that_there_are(alarms):
    metrics = [sum("MetricStat" in each for each in a.get("Metrics", [])) or 1 for a in alarms]

    assert sum(metrics) == BUILT.alarm_metrics
    assert f"{len(alarms)} alarms over {BUILT.alarm_metrics} metrics" in PAGE.read_text()


def test_counts_the_indexes_that_there_are(organization):
    tables = organization.resources("RolecallHub", "AWS::DynamoDB::GlobalTable")

    assert len(tables["rolecall-findings"]["GlobalSecondaryIndexes"]) == BUILT.indexes
    principals = tables["rolecall-principals"]
    assert len(principals["GlobalSecondaryIndexes"]) == BUILT.principals_indexes
    assert {each["TableClass"] for each in principals["Replicas"]} == {"STANDARD_INFREQUENT_ACCESS"}


def test_counts_memory_as_it_is_given(organization):
    functions = organization.resources("RolecallHub", "AWS::Lambda::Function")

    for audit in AUDITS:
        assert functions[f"rolecall-check-{audit}"]["MemorySize"] == BUILT.check_memory_gb * 1024
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


def test_counts_the_keys_that_there_are(organization):
    keys = organization.resources("RolecallHub", "AWS::KMS::Key")

    assert len(keys) == BUILT.keys, json.dumps(keys)
