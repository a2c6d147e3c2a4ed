import json

from aws_cdk.assertions import Match


def test_follows_the_stream_without_losing_or_repeating_a_batch_for_ever(hub):
    hub.has_resource_properties(
        "AWS::Lambda::EventSourceMapping",
        {
            "EventSourceArn": {
                "Fn::GetAtt": [Match.string_like_regexp("StoreFindings.*"), "StreamArn"]
            },
            "BatchSize": 1000,
            "MaximumBatchingWindowInSeconds": 5,
            "BisectBatchOnFunctionError": True,
            "MaximumRetryAttempts": 5,
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
            "StartingPosition": "TRIM_HORIZON",
            "DestinationConfig": {
                "OnFailure": {
                    "Destination": {
                        "Fn::GetAtt": [Match.string_like_regexp("NotificationsDead.*"), "Arn"]
                    }
                }
            },
        },
    )


def test_does_not_wake_for_findings_that_expire(hub):
    hub.has_resource_properties(
        "AWS::Lambda::EventSourceMapping",
        {"FilterCriteria": {"Filters": [{"Pattern": '{"eventName":["INSERT","MODIFY"]}'}]}},
    )


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
