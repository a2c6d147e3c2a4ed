import json

import pytest

from rolecall.model.rule import AUDITS


@pytest.fixture(scope="module")
def definition(organization):
    [machine] = organization.resources("RolecallHub", "AWS::StepFunctions::StateMachine").values()
    [_, parts] = machine["DefinitionString"]["Fn::Join"]
    return json.loads(
        "".join(part if isinstance(part, str) else part["Fn::GetAtt"][0] for part in parts)
    )


@pytest.fixture(scope="module")
def the_map(definition):
    return definition["States"]["AuditAccounts"]


def test_starts_every_audit_at_its_time(organization):
    schedules = organization.resources("RolecallHub", "AWS::Scheduler::Schedule")

    assert {name: each["ScheduleExpression"] for name, each in schedules.items()} == {
        "rolecall-key-rotation": "cron(0 1 * * ? *)",
        "rolecall-user-age": "cron(0 5 * * ? *)",
        "rolecall-over-privilege": "cron(0 9 * * ? *)",
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


def test_runs_one_express_child_for_each_account(the_map):
    assert the_map["ItemProcessor"]["ProcessorConfig"] == {
        "Mode": "DISTRIBUTED",
        "ExecutionType": "EXPRESS",
    }
    assert the_map["ItemsPath"] == "$.accounts"
    assert the_map["ItemSelector"] == {
        "account.$": "$$.Map.Item.Value",
        "audit.$": "$.audit",
        "run.$": "$.run",
    }


def test_bounds_concurrency_and_failures_as_configured(the_map):
    assert the_map["MaxConcurrency"] == 20
    assert the_map["ToleratedFailurePercentage"] == 100


def test_calls_the_check_function_of_the_audit(the_map):
    states = the_map["ItemProcessor"]["States"]

    called = {
        choice["StringEquals"]: states[choice["Next"]]["Resource"]
        for choice in states["ByAudit"]["Choices"]
    }
    assert set(called) == set(AUDITS)
    for audit, function in called.items():
        assert function.startswith(f"Auditscheck{audit.replace('-', '')}")


def test_carries_no_results_of_children(the_map):
    states = the_map["ItemProcessor"]["States"]
    tasks = [state for state in states.values() if state["Type"] == "Task"]

    assert the_map["ResultPath"] is None
    assert [task["OutputPath"] for task in tasks] == [None, None, None]


def test_tries_again_when_lambda_is_to_blame(definition, the_map):
    states = [*definition["States"].values(), *the_map["ItemProcessor"]["States"].values()]

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

    assert machine["StateMachineType" if "StateMachineType" in machine else "StateMachineName"] in (
        "STANDARD",
        "rolecall-audit",
    )
    assert machine["LoggingConfiguration"]["Level"] == "ERROR"
