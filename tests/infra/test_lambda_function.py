from importlib import import_module

import pytest
from aws_cdk.assertions import Match

FUNCTIONS = {
    "rolecall-check-key-rotation",
    "rolecall-check-over-privilege",
    "rolecall-check-user-age",
    "rolecall-detect-event",
    "rolecall-list-accounts",
    "rolecall-notify",
    "rolecall-weigh-changes",
    "rolecall-write-coverage",
}


@pytest.fixture(scope="module")
def functions(organization):
    return organization.resources("RolecallHub", "AWS::Lambda::Function")


def test_deploys_the_functions_by_their_names(functions):
    assert set(functions) == FUNCTIONS


def test_names_handlers_that_exist(functions):
    for function in functions.values():
        module, _, name = function["Handler"].rpartition(".")
        assert callable(getattr(import_module(module), name))


def test_runs_python_3_13_on_arm(functions):
    for function in functions.values():
        assert function["Runtime"] == "python3.13"
        assert function["Architectures"] == ["arm64"]


def test_gives_every_function_an_encrypted_log_that_forgets(hub):
    for name in FUNCTIONS:
        hub.has_resource_properties(
            "AWS::Logs::LogGroup",
            {
                "LogGroupName": f"/aws/lambda/{name}",
                "RetentionInDays": 90,
                "KmsKeyId": Match.any_value(),
            },
        )


def test_gives_every_function_a_role_of_its_own_name(organization):
    roles = organization.resources("RolecallHub", "AWS::IAM::Role")

    for name in FUNCTIONS:
        [statement] = roles[name]["AssumeRolePolicyDocument"]["Statement"]
        assert statement["Principal"] == {"Service": "lambda.amazonaws.com"}


@pytest.mark.parametrize(
    ("name", "variables"),
    [
        (
            "detect-event",
            {
                "ROLECALL_ACTIVITY_TABLE",
                "ROLECALL_CHANGES_QUEUE_URL",
                "ROLECALL_CHANGES_TABLE",
                "ROLECALL_COVERAGE_TABLE",
                "ROLECALL_FINDINGS_TABLE",
                "ROLECALL_PRINCIPALS_TABLE",
            },
        ),
        (
            "list-accounts",
            {"ROLECALL_COVERAGE_TABLE", "ROLECALL_ORGANIZATION_ID", "ROLECALL_READER_ROLE"},
        ),
        (
            "check-user-age",
            {
                "ROLECALL_COVERAGE_TABLE",
                "ROLECALL_FINDINGS_TABLE",
                "ROLECALL_ORGANIZATION_ID",
                "ROLECALL_PER_USER_CALLS",
                "ROLECALL_READER_ROLE",
            },
        ),
        (
            "check-over-privilege",
            {
                "ROLECALL_CHANGES_TABLE",
                "ROLECALL_COVERAGE_TABLE",
                "ROLECALL_FINDINGS_TABLE",
                "ROLECALL_ORGANIZATION_ID",
                "ROLECALL_PER_USER_CALLS",
                "ROLECALL_PRINCIPALS_TABLE",
                "ROLECALL_READER_ROLE",
            },
        ),
        (
            "weigh-changes",
            {
                "ROLECALL_CHANGES_TABLE",
                "ROLECALL_COVERAGE_TABLE",
                "ROLECALL_FINDINGS_TABLE",
                "ROLECALL_ORGANIZATION_ID",
                "ROLECALL_PRINCIPALS_TABLE",
                "ROLECALL_READER_ROLE",
            },
        ),
        ("write-coverage", {"ROLECALL_COVERAGE_TABLE", "ROLECALL_FINDINGS_TABLE"}),
        ("notify", {"ROLECALL_TOPIC_ARN"}),
    ],
)
def test_tells_a_function_what_it_needs_and_no_more(functions, name, variables):
    environment = functions[f"rolecall-{name}"]["Environment"]["Variables"]

    assert {each for each in environment if each.startswith("ROLECALL_")} == variables
    assert environment["POWERTOOLS_SERVICE_NAME"] == f"rolecall-{name}"
