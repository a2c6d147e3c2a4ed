import json

import pytest
from botocore.session import Session
from moto.events.models import EventPattern

from infra.event_rules import PATTERN_LIMIT
from infra.forwarding import FORWARDED, forwarded
from infra.function_settings import BREAK_GLASS
from rolecall.catalog import DETECTIONS

READING = ("GetAccount", "List", "Describe", "Generate", "GetPasswordData", "AssumeRoot")
"""How calls begin that only read, to CloudTrail; asking for a sign-in token is none of them."""
WITH_READING = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"


@pytest.fixture(scope="module")
def patterns(organization):
    return {
        resource["Properties"]["Name"].removeprefix("rolecall-forward-"): resource["Properties"][
            "EventPattern"
        ]
        for resource in organization.member_template["Resources"].values()
        if resource["Type"] == "AWS::Events::Rule"
    }


def test_keeps_every_pattern_within_the_quota(patterns):
    for pattern in patterns.values():
        assert len(json.dumps(pattern, separators=(",", ":"))) <= PATTERN_LIMIT


def test_forwards_what_every_detection_wants(patterns):
    for detection in DETECTIONS:
        if detection.id == BREAK_GLASS:
            continue  # its events are forwarded where principals are declared, as tested below
        for event in wanted(detection):
            rules = forwarded_by(patterns, event)
            assert rules, (detection.id, event["detail"]["eventName"])
            if event["detail"]["readOnly"]:
                # An ordinary rule never sees what only reads.
                assert any(FORWARDED[rule].state == WITH_READING for rule in rules), event


@pytest.mark.parametrize(
    ("event", "is_forwarded"),
    [
        ({"identity_type": "IAMUser"}, True),
        ({"identity_type": "Root"}, True),
        ({"identity_type": "AssumedRole", "role_name": "scanner"}, True),
        ({"identity_type": "AssumedRole", "role_name": "rolecall-reader"}, False),
    ],
)
def test_our_own_reading_is_not_forwarded(event, is_forwarded):
    name = "GetAccountAuthorizationDetails"
    reading = cloudtrail(source="aws.iam", name=name, is_read_only=True, **event)

    rule = {"readers": FORWARDED["readers"].pattern}
    assert bool(forwarded_by(rule, reading)) is is_forwarded


@pytest.mark.parametrize(
    ("event", "is_forwarded"),
    [
        ({"error": "AccessDenied", "is_read_only": True}, True),
        ({"error": "AccessDeniedException", "is_read_only": True}, True),
        ({"error": "AccessDenied"}, False),
        ({"error": "NoSuchEntity", "is_read_only": True}, False),
        ({"is_read_only": True}, False),
    ],
)
def test_of_reading_only_what_was_refused_is_forwarded(event, is_forwarded):
    reading = cloudtrail(source="aws.iam", name="ListUsers", **event)

    rule = {"refused": FORWARDED["refused"].pattern}
    assert bool(forwarded_by(rule, reading)) is is_forwarded


@pytest.mark.parametrize(
    ("rule", "event"),
    [
        ("identity", {"source": "aws.iam", "name": "CreateAccessKey"}),
        ("identity", {"source": "aws.signin", "name": "ConsoleLogin"}),
        ("identity", {"source": "aws.sso", "name": "CreateAccountAssignment"}),
        ("identity", {"source": "aws.organizations", "name": "LeaveOrganization"}),
        ("sessions", {"source": "aws.sts", "name": "AssumeRoot"}),
        ("root", {"source": "aws.s3", "name": "PutBucketTagging", "identity_type": "Root"}),
        ("tools", {"source": "aws.sts", "name": "GetCallerIdentity", "agent": "TruffleHog"}),
        ("keys", {"source": "aws.kms", "name": "ScheduleKeyDeletion"}),
        (
            "rolecall",
            {
                "source": "aws.lambda",
                "name": "DeleteFunction20150331",
                "request": {"functionName": "arn:aws:lambda:x:1:function:rolecall-notify"},
            },
        ),
        (
            "rolecall",
            {
                "source": "aws.lambda",
                "name": "UpdateEventSourceMapping20150331",
                "response": {"functionArn": "arn:aws:lambda:x:1:function:rolecall-notify"},
            },
        ),
        (
            "rolecall",
            {
                "source": "aws.cloudformation",
                "name": "DeleteStack",
                "request": {"stackName": "RolecallHub"},
            },
        ),
        (
            "rolecall",
            {
                "source": "aws.sqs",
                "name": "PurgeQueue",
                "request": {"queueUrl": "https://sqs.example.com/1/rolecall-events"},
            },
        ),
    ],
)
def test_forwards(patterns, rule, event):
    assert forwarded_by(patterns, cloudtrail(**event)) == {rule}


@pytest.mark.parametrize(
    ("service", "source", "call", "parameter"),
    [
        ("cloudwatch", "aws.monitoring", "PutMetricAlarm", "AlarmName"),
        ("cloudwatch", "aws.monitoring", "SetAlarmState", "AlarmName"),
        ("events", "aws.events", "UpdateEventBus", "Name"),
        ("sns", "aws.sns", "Subscribe", "TopicArn"),
    ],
)
def test_knows_where_a_call_names_its_resource(patterns, service, source, call, parameter):
    model = Session().get_service_model(service).operation_model(call)
    request = {as_cloudtrail_writes(parameter): "rolecall-example"}

    assert parameter in model.input_shape.members
    assert forwarded_by(patterns, cloudtrail(source=source, name=call, request=request)) == {
        "rolecall"
    }


@pytest.mark.parametrize(
    "event",
    [
        {"source": "aws.s3", "name": "PutBucketTagging"},
        {"source": "aws.sts", "name": "AssumeRole"},
        {
            "source": "aws.lambda",
            "name": "DeleteFunction20150331",
            "request": {"functionName": "x"},
        },
        {
            "source": "aws.logs",
            "name": "CreateLogStream",
            "request": {"logGroupName": "/aws/lambda/rolecall-notify"},
        },
    ],
)
def test_does_not_forward(patterns, event):
    assert not forwarded_by(patterns, cloudtrail(**event))


ROLE = "arn:aws:iam::111122223333:role/break-glass"
USER = "arn:aws:iam::111122223333:user/emergency/first"


@pytest.mark.parametrize(
    ("event", "is_forwarded"),
    [
        ({"source": "aws.sts", "name": "AssumeRole", "request": {"roleArn": ROLE}}, True),
        ({"source": "aws.sts", "name": "AssumeRole", "request": {"roleArn": f"{ROLE}-x"}}, False),
        ({"source": "aws.s3", "name": "ListBuckets", "identity_arn": USER}, True),
        ({"source": "aws.s3", "name": "ListBuckets", "identity_arn": ROLE + "x"}, False),
        ({"source": "aws.s3", "name": "ListBuckets"}, False),
    ],
)
def test_forwards_all_that_declared_break_glass_principals_do(event, is_forwarded):
    declared = forwarded(("arn:aws:iam::*:role/break-glass", "arn:aws:iam::*:user/emergency/*"))
    patterns = {"break-glass": declared["break-glass"].pattern}

    assert bool(forwarded_by(patterns, cloudtrail(**event))) is is_forwarded
    assert declared["break-glass"].state == "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"


def test_has_no_rule_for_break_glass_where_nobody_is_declared():
    assert forwarded(()) == FORWARDED


@pytest.mark.parametrize(
    ("event", "is_forwarded"),
    [
        ({"name": "AssumeRole", "identity_type": "IAMUser"}, True),
        ({"name": "AssumeRoleWithWebIdentity", "identity_type": "WebIdentityUser"}, True),
        ({"name": "AssumeRole", "identity_type": "AWSAccount"}, True),
        ({"name": "AssumeRole", "identity_type": "AWSService"}, False),
        ({"name": "GetCallerIdentity", "identity_type": "IAMUser"}, False),
    ],
)
def test_forwards_the_opening_of_role_sessions_for_those_who_want_it(event, is_forwarded):
    rule = forwarded((), role_sessions=True)["role-sessions"]
    opening = cloudtrail(source="aws.sts", **event)

    assert bool(forwarded_by({"role-sessions": rule.pattern}, opening)) is is_forwarded
    assert rule.state == "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"
    assert forwarded((), role_sessions=True).keys() - FORWARDED.keys() == {"role-sessions"}


def forwarded_by(patterns, event):
    """Return the names of the rules that match; moto reads patterns as EventBridge does."""
    return {
        name
        for name, pattern in patterns.items()
        if EventPattern.load(json.dumps(pattern)).matches_event(event)
    }


def wanted(detection):
    for pattern in detection.patterns:
        for source in pattern.sources or ("s3.amazonaws.com",):
            for name in pattern.names or ("PutBucketPolicy",):
                yield cloudtrail(
                    source=f"aws.{source.removesuffix('.amazonaws.com')}",
                    name=name,
                    identity_type=next(iter(pattern.identity_types), "IAMUser"),
                    agent=first(pattern.user_agents),
                    user_name=first(pattern.user_names),
                    # Detections of calls on our own resources want nobody else's.
                    request={"name": "rolecall-example"},
                    **({"error": "AccessDenied"} if pattern.only_refused_reads else {}),
                    is_read_only=pattern.only_refused_reads or name.startswith(READING),
                )


def first(patterns):
    return next(iter(patterns), "*").replace("*", "x")


def as_cloudtrail_writes(parameter):
    return parameter[0].lower() + parameter[1:]


def cloudtrail(  # noqa: PLR0913 - the members of an event that tests are about
    *,
    source,
    name,
    identity_type="IAMUser",
    identity_arn=None,
    request=None,
    response=None,
    agent="aws-cli",
    user_name="bob",
    role_name=None,
    error=None,
    is_read_only=False,
):
    detail_type = (
        "AWS Console Sign In via CloudTrail"
        if name == "ConsoleLogin"
        else "AWS API Call via CloudTrail"
    )
    return {
        "id": "1",
        "account": "111122223333",
        "source": source,
        "time": "2026-11-23T17:48:00Z",
        "region": "us-east-1",
        "resources": [],
        "detail-type": detail_type,
        "detail": {
            "eventSource": f"{source.removeprefix('aws.')}.amazonaws.com",
            "eventName": name,
            "userIdentity": {
                "type": identity_type,
                "userName": user_name,
                **({"arn": identity_arn} if identity_arn else {}),
                **(
                    {"sessionContext": {"sessionIssuer": {"userName": role_name}}}
                    if role_name
                    else {}
                ),
            },
            "readOnly": is_read_only,
            **({"errorCode": error} if error else {}),
            "userAgent": agent,
            "requestParameters": request or {},
            "responseElements": response or {},
        },
    }
