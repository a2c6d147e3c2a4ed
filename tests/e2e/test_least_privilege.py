"""Each function's role does what its function needs and is refused what it does not."""

import json

import pytest

from demo.organization import HUB, PRODUCTION
from tests.e2e.principals import archive

_PROBE = """
import boto3
from botocore.exceptions import ClientError

def handler(event, context):
    session = boto3.Session()
    if event.get("assume"):
        given = session.client("sts").assume_role(
            RoleArn=event["assume"], RoleSessionName="probe")["Credentials"]
        session = boto3.Session(aws_access_key_id=given["AccessKeyId"],
                                aws_secret_access_key=given["SecretAccessKey"],
                                aws_session_token=given["SessionToken"])
    try:
        getattr(session.client(event["service"]), event["call"])(**event["with"])
    except ClientError as error:
        return error.response["Error"]["Code"]
    return "allowed"
"""
_READER = f"arn:aws:iam::{PRODUCTION}:role/rolecall-reader"
_FINDINGS = {"TableName": "rolecall-findings"}
_KEY = {"account_id": {"S": PRODUCTION}, "id": {"S": "none"}}
_TOPIC = f"arn:aws:sns:us-east-1:{HUB}:"


@pytest.fixture(scope="module")
def attempt(world):
    """Make a call with the role of a function, from inside a function that has it."""
    functions = world.hub("lambda")
    made = set()

    def attempt(role, service, call, assume=None, **parameters):
        name = f"probe-{role}"
        if name not in made:
            functions.create_function(
                FunctionName=name,
                Runtime="python3.13",
                Role=f"arn:aws:iam::{HUB}:role/{role}",
                Handler="probe.handler",
                Timeout=30,
                Code={"ZipFile": archive(_PROBE)},
            )
            made.add(name)
        event = {"service": service, "call": call, "with": parameters, "assume": assume}
        answer = functions.invoke(FunctionName=name, Payload=json.dumps(event))
        return json.load(answer["Payload"])

    yield attempt
    for name in made:
        functions.delete_function(FunctionName=name)


def test_a_check_function_reads_members_through_one_role_only(attempt):
    role = "rolecall-check-key-rotation"
    session = {"RoleSessionName": "probe"}
    owner = f"arn:aws:iam::{PRODUCTION}:role/OrganizationAccountAccessRole"

    assert attempt(role, "sts", "assume_role", RoleArn=_READER, **session) == "allowed"
    assert attempt(role, "sts", "assume_role", RoleArn=owner, **session) == "AccessDenied"


def test_the_reader_role_reads_and_changes_nothing(attempt):
    role = "rolecall-check-key-rotation"

    def read(service, call, **parameters):
        return attempt(role, service, call, assume=_READER, **parameters)

    assert read("iam", "get_account_authorization_details") == "allowed"
    assert read("iam", "create_user", UserName="mallory") == "AccessDenied"
    assert read("iam", "create_access_key", UserName="app-1") == "AccessDenied"
    assert read("s3", "list_buckets") == "AccessDenied"


@pytest.mark.parametrize(
    "role", ["rolecall-detect-event", "rolecall-notify", "rolecall-list-accounts"]
)
def test_functions_that_read_no_members_cannot(attempt, role):
    denied = attempt(role, "sts", "assume_role", RoleArn=_READER, RoleSessionName="probe")

    assert denied == "AccessDenied"


@pytest.mark.parametrize(
    "role",
    [
        "rolecall-detect-event",
        "rolecall-list-accounts",
        "rolecall-check-key-rotation",
        "rolecall-check-user-age",
        "rolecall-check-over-privilege",
        "rolecall-write-coverage",
        "rolecall-notify",
    ],
)
def test_no_function_can_remove_findings_or_change_iam(attempt, role):
    denied = {
        attempt(role, "dynamodb", "delete_item", **_FINDINGS, Key=_KEY),
        attempt(role, "dynamodb", "delete_table", **_FINDINGS),
        attempt(role, "iam", "create_user", UserName="mallory"),
        attempt(role, "lambda", "list_functions"),
    }

    assert denied <= {"AccessDenied", "AccessDeniedException"}


def test_only_notify_publishes_and_only_to_its_topic(attempt):
    findings = {"TopicArn": _TOPIC + "rolecall-findings", "Message": "probe"}
    alarms = {"TopicArn": _TOPIC + "rolecall-alarms", "Message": "probe"}
    denied = ("AuthorizationError", "AccessDenied", "AccessDeniedException")

    assert attempt("rolecall-notify", "sns", "publish", **findings) == "allowed"
    assert attempt("rolecall-notify", "sns", "publish", **alarms) in denied
    assert attempt("rolecall-detect-event", "sns", "publish", **findings) in denied
