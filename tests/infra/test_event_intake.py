from aws_cdk.assertions import Match

from infra.event_rules import derive_rules
from rolecall.catalog import COMPARISONS, DETECTIONS


def test_admits_the_organization_to_the_bus_and_nobody_else(hub):
    hub.resource_count_is("AWS::Events::EventBusPolicy", 1)
    hub.has_resource_properties(
        "AWS::Events::EventBusPolicy",
        {
            "Statement": {
                "Sid": "cdk-MembersMayForward",
                "Effect": "Allow",
                "Principal": {"AWS": "*"},
                "Action": "events:PutEvents",
                "Resource": Match.any_value(),
                "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}},
            }
        },
    )


def test_admits_only_the_account_itself_where_there_is_no_organization(single_account):
    single_account["RolecallHub"].has_resource_properties(
        "AWS::Events::EventBusPolicy",
        {"Statement": Match.object_like({"Principal": {"AWS": Match.any_value()}})},
    )
    [policy] = single_account.resources("RolecallHub", "AWS::Events::EventBusPolicy").values()
    assert policy["Statement"]["Principal"]["AWS"] != "*"


def test_sends_what_rules_want_to_the_queue(organization):
    rules = rules_of_detections(organization)

    assert {name: rule["EventPattern"] for name, rule in rules.items()} == {
        rule.name: rule.pattern for rule in derive_rules((*DETECTIONS, *COMPARISONS))
    }
    for rule in rules.values():
        [target] = rule["Targets"]
        assert target["Arn"]["Fn::GetAtt"][0].startswith("EventIntakeQueue")
        assert target["DeadLetterConfig"]["Arn"]["Fn::GetAtt"][0].startswith("EventIntakeDead")


def test_sees_calls_that_count_as_read_only(organization):
    for rule in rules_of_detections(organization).values():
        assert rule["State"] == "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"


def test_keeps_events_encrypted_and_long_enough_to_look_at(organization):
    queues = organization.resources("RolecallHub", "AWS::SQS::Queue")

    assert set(queues) == {
        "rolecall-changes.fifo",
        "rolecall-changes-dlq.fifo",
        "rolecall-events",
        "rolecall-events-dlq",
        "rolecall-notify-dlq",
        "rolecall-schedules-dlq",
    }
    for queue in queues.values():
        assert "Fn::GetAtt" in queue["KmsMasterKeyId"]
        assert queue["MessageRetentionPeriod"] == 14 * 24 * 3600
        assert queue["MaximumMessageSize"] == 1024 * 1024


def test_tries_five_times_before_an_event_is_put_aside(organization):
    queue = organization.resources("RolecallHub", "AWS::SQS::Queue")["rolecall-events"]

    assert queue["RedrivePolicy"]["maxReceiveCount"] == 5
    assert queue["VisibilityTimeout"] == 6 * 60


def test_takes_events_in_batches_and_returns_those_that_failed(hub):
    hub.has_resource_properties(
        "AWS::Lambda::EventSourceMapping",
        {
            "EventSourceArn": Match.object_like(
                {"Fn::GetAtt": [Match.string_like_regexp("EventIntakeQueue.*"), "Arn"]}
            ),
            "BatchSize": 10,
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
            "ScalingConfig": {"MaximumConcurrency": 5},
        },
    )


def rules_of_detections(organization):
    """Return all rules but those past the detections, which other files test."""
    rules = organization.resources("RolecallHub", "AWS::Events::Rule")
    past = ("rolecall-guardrails", "rolecall-tampering")
    return {name: rule for name, rule in rules.items() if name not in past}
