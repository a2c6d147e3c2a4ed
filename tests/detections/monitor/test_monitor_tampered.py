import pytest

from rolecall.detections.monitor.monitor_tampered import monitor_tampered
from rolecall.model.severity import Severity
from tests.builders import HUB, event, role_identity

QUEUE = f"https://sqs.us-east-1.amazonaws.com/{HUB}/rolecall-events"


def tampered(name, request, *, source="events.amazonaws.com", parameters=None, **fields):
    return monitor_tampered.judge(
        event(name, source=source, request=request, **fields), parameters or {}
    )


@pytest.mark.parametrize(
    ("source", "name", "request_"),
    [
        ("events.amazonaws.com", "DisableRule", {"name": "rolecall-forward-identity"}),
        ("sqs.amazonaws.com", "PurgeQueue", {"queueUrl": QUEUE}),
        ("dynamodb.amazonaws.com", "DeleteTable", {"tableName": "rolecall-findings"}),
        ("iam.amazonaws.com", "PutRolePolicy", {"roleName": "rolecall-reader"}),
        ("monitoring.amazonaws.com", "DeleteAlarms", {"alarmNames": ["rolecall-errors"]}),
        (
            "lambda.amazonaws.com",
            "UpdateFunctionCode20150331v2",
            {"functionName": "arn:aws:lambda:us-east-1:444455556666:function:rolecall-notify"},
        ),
    ],
)
def test_flags_a_call_on_anything_of_ours(source, name, request_):
    [evidence] = tampered(name, request_, source=source)

    assert evidence.severity is Severity.HIGH
    assert f"user mallory called {name} on" in evidence.summary


def test_tells_of_a_denied_attempt_too():
    [evidence] = tampered("DeleteRule", {"name": "rolecall-x"}, error="AccessDenied")

    assert evidence.severity is Severity.MEDIUM
    assert "tried (AccessDenied) to call DeleteRule" in evidence.summary


def test_ignores_calls_on_what_belongs_to_others():
    assert not tampered("DeleteRule", {"name": "nightly-backup"})


def test_ignores_a_request_without_parameters():
    assert not tampered("DeleteRule", None)


def test_tells_a_deployment_and_not_every_change_that_it_makes():
    by_stack = role_identity(invokedBy="cloudformation.amazonaws.com")

    assert not tampered("PutRule", {"name": "rolecall-x"}, actor=by_stack)

    [deployment] = tampered(
        "UpdateStack", {"stackName": "RolecallHub"}, source="cloudformation.amazonaws.com"
    )
    assert deployment.severity is Severity.MEDIUM


@pytest.mark.parametrize("service", ["ssm.amazonaws.com", "scheduler.amazonaws.com"])
def test_is_not_fooled_by_a_call_through_another_service(service):
    through = role_identity(invokedBy=service)

    [evidence] = tampered("DisableRule", {"name": "rolecall-forward-root"}, actor=through)

    assert evidence.severity is Severity.HIGH


def test_ignores_what_aws_does_by_itself():
    assert not tampered("DeleteRule", {"name": "rolecall-x"}, actor={"type": "AWSService"})


def test_ignores_a_call_that_merely_mentions_the_monitor():
    policy = '{"Resource": "arn:aws:dynamodb:us-east-1:444455556666:table/rolecall-findings"}'
    request = {"roleName": "app", "policyName": "read", "policyDocument": policy}

    assert not tampered("PutRolePolicy", request, source="iam.amazonaws.com")


def test_survives_names_of_other_types():
    assert not tampered("DeleteRule", {"name": 7, "rule": {"a": 1}, "alarmNames": [None]})


def test_recognizes_names_that_the_deployer_adds():
    request = {"keyId": "1234abcd-12ab-34cd-56ef-1234567890ab"}
    parameters = {"more_names": ("1234abcd-12ab-34cd-56ef-1234567890ab",)}

    assert not tampered("ScheduleKeyDeletion", request, source="kms.amazonaws.com")
    assert tampered(
        "ScheduleKeyDeletion", request, source="kms.amazonaws.com", parameters=parameters
    )


def test_recognizes_an_event_source_mapping_by_the_function_in_the_answer():
    function = "arn:aws:lambda:us-east-1:444455556666:function:rolecall-detect-event"

    [evidence] = tampered(
        "UpdateEventSourceMapping20150331",
        {"uUID": "1234abcd-12ab-34cd-56ef-1234567890ab", "enabled": False},
        source="lambda.amazonaws.com",
        response={"functionArn": function},
    )

    assert evidence.resource.arn == function
