import json

import pytest
from aws_cdk.assertions import Match

from rolecall.catalog import RULES

NOTIFY = {"Ref": Match.string_like_regexp("Notificationsnotify.*")}
RUNS = {"Fn::Join": ["", Match.array_with([":rolecall-runs"])]}


@pytest.mark.parametrize(
    ("kind", "function", "window", "batch"),
    [("detection", NOTIFY, 1, 500), ("check", RUNS, 60, 1000)],
)
def test_tells_detections_at_once_and_gathers_what_a_run_finds(hub, kind, function, window, batch):
    pattern = {
        # Findings that expire are removed, and do not wake the function.
        "eventName": ["INSERT", "MODIFY"],
        "dynamodb": {"NewImage": {"kind": {"S": [kind]}}},
    }
    hub.has_resource_properties(
        "AWS::Lambda::EventSourceMapping",
        {
            "FunctionName": function,
            "MaximumBatchingWindowInSeconds": window,
            "BatchSize": batch,
            "FilterCriteria": {"Filters": [{"Pattern": Match.serialized_json(pattern)}]},
        },
    )


def test_follows_findings_of_every_kind_there_is(hub):
    followed = [
        json.loads(each["Pattern"])["dynamodb"]["NewImage"]["kind"]["S"]
        for mapping in stream_mappings(hub)
        for each in mapping["FilterCriteria"]["Filters"]
    ]

    assert sorted(followed) == sorted([kind] for kind in {rule.kind for rule in RULES})


def test_follows_the_stream_without_losing_or_repeating_a_batch_for_ever(hub):
    for mapping in stream_mappings(hub):
        assert mapping["BisectBatchOnFunctionError"]
        assert mapping["MaximumRetryAttempts"] == 5
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        assert mapping["StartingPosition"] == "TRIM_HORIZON"
        [queue, _] = mapping["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"]
        assert queue.startswith("NotificationsDead")


def test_maps_the_stream_to_no_function_or_alias_twice(hub):
    functions = [json.dumps(mapping["FunctionName"]) for mapping in stream_mappings(hub)]

    assert len(set(functions)) == len(functions) == 2


def test_encrypts_both_topics_and_refuses_plain_http(organization):
    topics = organization.resources("RolecallHub", "AWS::SNS::Topic")
    policies = organization.resources("RolecallHub", "AWS::SNS::TopicPolicy").values()

    assert set(topics) == {"rolecall-findings", "rolecall-alarms"}
    for topic in topics.values():
        assert "Fn::GetAtt" in topic["KmsMasterKeyId"]
    for policy in policies:
        denials = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Deny"]
        [denial] = denials
        assert denial["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}


def test_subscribes_every_address_to_findings_and_to_alarms(organization):
    subscriptions = organization.resources("RolecallHub", "AWS::SNS::Subscription")

    subscribed = [(each["Protocol"], each["Endpoint"]) for each in map(json.loads, subscriptions)]
    assert subscribed == [("email", "security@example.com")] * 2


def stream_mappings(hub):
    mappings = hub.find_resources("AWS::Lambda::EventSourceMapping").values()
    properties = [each["Properties"] for each in mappings]
    return [each for each in properties if "StartingPosition" in each]
