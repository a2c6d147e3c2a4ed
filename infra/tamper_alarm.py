"""Who silences the messages is told past them: from the bus straight to the topic of alarms."""

import aws_cdk as cdk
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from constructs import Construct

from infra.event_rules import DETAIL_TYPES, FROM_AWS
from infra.names import BUS, arn
from rolecall.catalog import DETECTIONS

_NAME = "rolecall-tampering"
# The services that carry a finding from its table to people.
_SOURCES = {
    f"{service}.amazonaws.com" for service in ("dynamodb", "events", "lambda", "monitoring", "sns")
}
_NAMES_IN_REQUESTS = (
    *("alarmName", "alarmNames", "eventBusName", "functionName", "name", "resourceArn", "rule"),
    *("subscriptionArn", "tableName", "topicArn"),
)
_OURS = [{"wildcard": "*olecall*"}]


class TamperAlarm(Construct):
    """One rule for the calls of `monitor-tampered` that could keep its finding from being told."""

    def __init__(
        self, scope: Construct, id_: str, *, bus: events.EventBus, topic: sns.Topic
    ) -> None:
        """Send the events to the topic as they are: no function could be silenced."""
        super().__init__(scope, id_)
        events.CfnRule(
            self,
            "Rule",
            name=_NAME,
            description="Calls that could silence the messages of Rolecall",
            event_bus_name=bus.event_bus_name,
            event_pattern=_pattern(),
            targets=[events.CfnRule.TargetProperty(id="alarms", arn=topic.topic_arn)],
        )
        topic.add_to_resource_policy(_rule_may_publish(topic))


def _pattern() -> dict[str, object]:
    patterns = [
        pattern
        for detection in DETECTIONS
        if detection.id == "monitor-tampered"
        for pattern in detection.patterns
        if _SOURCES.issuperset(pattern.sources)
    ]
    return {
        "source": FROM_AWS,
        "detail-type": DETAIL_TYPES,
        "detail": {
            "eventSource": sorted({source for each in patterns for source in each.sources}),
            "eventName": sorted({name for each in patterns for name in each.names}),
            # An upgrade of our own makes such calls in every account, through CloudFormation.
            "userIdentity": {"invokedBy": [{"exists": False}]},
            "$or": [
                {"requestParameters": {"$or": [{name: _OURS} for name in _NAMES_IN_REQUESTS]}},
                # Event source mappings are named by an id; the answer names the function.
                {"responseElements": {"functionArn": _OURS}},
            ],
        },
    }


def _rule_may_publish(topic: sns.Topic) -> iam.PolicyStatement:
    rule = arn("events", f"rule/{BUS}/{_NAME}", region=cdk.Aws.REGION, account=cdk.Aws.ACCOUNT_ID)
    return iam.PolicyStatement(
        sid="TamperingMayBeTold",
        principals=[iam.ServicePrincipal("events.amazonaws.com")],
        actions=["sns:Publish"],
        resources=[topic.topic_arn],
        conditions={"ArnEquals": {"aws:SourceArn": rule}},
    )
