import json

import pytest

from rolecall.model.rule import AUDITS
from tests.infra.synthesis import single_account_configuration, synthesize


@pytest.fixture(scope="module")
def definition(organization):
    return state_machine(organization)


@pytest.fixture(scope="module")
def batch(the_map):
    return the_map["ItemProcessor"]["States"]["AuditBatch"]


@pytest.fixture(scope="module")
def the_map(definition):
    return definition["States"]["AuditAccounts"]


def test_starts_every_audit_at_its_time(organization):
    schedules = organization.resources("RolecallHub", "AWS::Scheduler::Schedule")

    assert {name: each["ScheduleExpression"] for name, each in schedules.items()} == {
        "rolecall-key-rotation": "cron(0 1 * * ? *)",
        "rolecall-user-age": "cron(0 5 * * ? *)",
        "rolecall-over-privilege": "cron(0 8 * * ? *)",
    }
    for name, schedule in schedules.items():
        target = schedule["Target"]
        assert json.loads(target["Input"]) == {"audit": name.removeprefix("rolecall-")}
        assert target["RetryPolicy"] == {
            "MaximumEventAgeInSeconds": 21600,
            "MaximumRetryAttempts": 10,
        }
        assert "Fn::GetAtt" in target["DeadLetterConfig"]["Arn"]


def test_names_the_run_after_its_execution(definition):
    assert definition["States"]["ListAccounts"]["Parameters"] == {
        "audit.$": "$.audit",
        "run.$": "$$.Execution.Name",
    }


def test_audits_accounts_in_batches_by_express_children(the_map):
    assert the_map["ItemProcessor"]["ProcessorConfig"] == {
        "Mode": "DISTRIBUTED",
        "ExecutionType": "EXPRESS",
    }
    assert the_map["ItemsPath"] == "$.accounts"
    assert the_map["ItemBatcher"] == {
        "MaxItemsPerBatch": 10,
        "BatchInput": {"audit.$": "$.audit", "run.$": "$.run"},
    }


def test_hands_every_account_of_a_batch_to_a_function_of_its_own(batch):
    assert batch["ItemProcessor"]["ProcessorConfig"] == {"Mode": "INLINE"}
    assert batch["ItemsPath"] == "$.Items"
    assert batch["ItemSelector"] == {
        "account.$": "$$.Map.Item.Value",
        "audit.$": "$.BatchInput.audit",
        "run.$": "$.BatchInput.run",
    }


def test_audits_as_many_accounts_at_a_time_as_configured(the_map, batch):
    assert the_map["MaxConcurrency"] * batch["MaxConcurrency"] == 20
    assert the_map["ToleratedFailurePercentage"] == 100


def test_makes_batches_no_larger_than_the_concurrency(tmp_path):
    configuration = single_account_configuration()
    configuration["audits"]["max_concurrency"] = 3

    the_map = state_machine(synthesize(tmp_path, configuration))["States"]["AuditAccounts"]

    assert the_map["ItemBatcher"]["MaxItemsPerBatch"] == 3
    assert the_map["MaxConcurrency"] == 1


def test_calls_the_check_function_of_the_audit(batch):
    states = batch["ItemProcessor"]["States"]

    called = {
        choice["StringEquals"]: states[choice["Next"]]["Resource"]
        for choice in states["ByAudit"]["Choices"]
    }
    assert set(called) == set(AUDITS)
    for audit, function in called.items():
        assert function.startswith(f"AuditsFunctionscheck{audit.replace('-', '')}")


def test_lets_no_failed_account_take_its_neighbours_with_it(batch):
    states = batch["ItemProcessor"]["States"]

    for audit in AUDITS:
        assert states[f"Check {audit}"]["Catch"] == [
            {"ErrorEquals": ["States.ALL"], "Next": "LeftToCoverage"}
        ]
    assert states["LeftToCoverage"] == {"Type": "Pass", "End": True}


def test_carries_no_results_of_children(the_map, batch):
    assert batch["OutputPath"] is None
    assert the_map["ResultPath"] is None


def test_tries_again_when_lambda_is_to_blame(definition, batch):
    states = [*definition["States"].values(), *batch["ItemProcessor"]["States"].values()]

    for task in (state for state in states if state["Type"] == "Task"):
        [retry] = task["Retry"]
        assert "Lambda.TooManyRequestsException" in retry["ErrorEquals"]
        assert "Lambda.ServiceException" in retry["ErrorEquals"]
        assert "States.ALL" not in retry["ErrorEquals"]
        assert retry["JitterStrategy"] == "FULL"


def test_gives_a_child_no_longer_than_express_allows(organization):
    functions = organization.resources("RolecallHub", "AWS::Lambda::Function")

    for audit in AUDITS:
        assert functions[f"rolecall-check-{audit}"]["Timeout"] < 5 * 60


def test_writes_coverage_whatever_became_of_the_accounts(definition, the_map):
    [catch] = the_map["Catch"]

    assert the_map["Next"] == "WriteCoverage"
    assert catch == {
        "ErrorEquals": ["States.ALL"],
        "ResultPath": "$.failure",
        "Next": "WriteCoverage",
    }
    assert definition["States"]["WriteCoverage"]["Next"] == "WasGivenUp"


def test_fails_a_run_that_was_given_up(definition):
    states = definition["States"]
    [choice] = states["WasGivenUp"]["Choices"]

    assert choice == {"Variable": "$.failure", "IsPresent": True, "Next": "GiveUp"}
    assert states["GiveUp"]["Type"] == "Fail"
    assert states["WasGivenUp"]["Default"] == "Done"
    assert states["Done"] == {"Type": "Succeed", "OutputPath": "$.coverage"}


def test_logs_what_went_wrong(organization):
    [machine] = organization.resources("RolecallHub", "AWS::StepFunctions::StateMachine").values()

    assert machine["StateMachineName"] == "rolecall-audit"
    assert machine["LoggingConfiguration"]["Level"] == "ERROR"


def state_machine(synthesis):
    [machine] = synthesis.resources("RolecallHub", "AWS::StepFunctions::StateMachine").values()
    [_, parts] = machine["DefinitionString"]["Fn::Join"]
    return json.loads(
        "".join(part if isinstance(part, str) else part["Fn::GetAtt"][0] for part in parts)
    )
