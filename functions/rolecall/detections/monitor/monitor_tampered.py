"""Somebody touches the monitor."""

# Longer than 60 lines because it lists the calls that can blind the monitor.

from collections.abc import Iterator

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity

_CALLS = {
    "events.amazonaws.com": (
        "DeleteEventBus",
        "DeleteRule",
        "DisableRule",
        "PutPermission",
        "PutRule",
        "PutTargets",
        "RemovePermission",
        "RemoveTargets",
        "UpdateEventBus",
    ),
    "scheduler.amazonaws.com": ("DeleteSchedule", "UpdateSchedule"),
    "states.amazonaws.com": ("DeleteStateMachine", "StopExecution", "UpdateStateMachine"),
    "sqs.amazonaws.com": ("DeleteQueue", "PurgeQueue", "SetQueueAttributes"),
    "sns.amazonaws.com": (
        "DeleteTopic",
        "SetSubscriptionAttributes",
        "SetTopicAttributes",
        "Subscribe",
        "Unsubscribe",
    ),
    "dynamodb.amazonaws.com": ("DeleteTable", "UpdateTable", "UpdateTimeToLive"),
    "kms.amazonaws.com": ("DisableKey", "PutKeyPolicy", "ScheduleKeyDeletion"),
    "logs.amazonaws.com": ("DeleteLogGroup", "DeleteRetentionPolicy", "PutRetentionPolicy"),
    "monitoring.amazonaws.com": (
        "DeleteAlarms",
        "DisableAlarmActions",
        "PutMetricAlarm",
        "SetAlarmState",
    ),
    "cloudformation.amazonaws.com": (
        "DeleteStack",
        "DeleteStackInstances",
        "DeleteStackSet",
        "ExecuteChangeSet",
        "UpdateStack",
        "UpdateStackSet",
    ),
    "lambda.amazonaws.com": (
        # Lambda's event names carry the version of its API.
        "DeleteEventSourceMapping20150331",
        "DeleteFunction20150331",
        "PutFunctionConcurrency20171031",
        "UpdateEventSourceMapping20150331",
        "UpdateFunctionCode20150331v2",
        "UpdateFunctionConfiguration20150331v2",
    ),
    "iam.amazonaws.com": (
        "AttachRolePolicy",
        "DeleteRole",
        "DeleteRolePolicy",
        "DetachRolePolicy",
        "PutRolePermissionsBoundary",
        "PutRolePolicy",
        "UpdateAssumeRolePolicy",
    ),
}

_NAMING = (
    *("alarmName", "alarmNames", "eventBusName", "functionName", "keyId", "logGroupName", "name"),
    *("queueUrl", "resourceArn", "roleName", "rule", "stackName", "stackSetName", "tableName"),
    *("executionArn", "stateMachineArn", "subscriptionArn", "topicArn", "uUID"),
)
"""The request parameters in which these calls name what they are about."""


@Detection(
    id="monitor-tampered",
    title="Somebody touched the monitor itself",
    severity=Severity.HIGH,
    patterns=tuple(
        EventPattern(sources=(source,), names=names) for source, names in _CALLS.items()
    ),
    remediation=(
        "If it was no planned change of Rolecall: deploy it again, then look at everything the"
        " actor did around this time. What happened meanwhile, the next audits will tell."
    ),
    references=("https://attack.mitre.org/techniques/T1562/008/",),
    attack=("T1562.008",),
    false_positives=("An upgrade of Rolecall; its stacks are changed by your pipeline.",),
)
def monitor_tampered(
    event: CloudTrailEvent, *, name_prefix: str = "rolecall", more_names: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """An intruder who read the runbook begins with the alarm.

    Every resource of the monitor is called rolecall-something; a call that names one is told. A
    denied one too, for somebody tried. Deployments of our stacks are told, what CloudFormation
    then changes is not: an upgrade does that in every account. A stack of somebody else that
    changes what is ours is therefore missed here. The encryption key is known to AWS by its id
    only: list the id under more_names to have calls on it told.
    """
    if event.actor.is_aws_itself or event.actor.is_deployment:
        return
    marks = (name_prefix.lower(), *map(str.lower, more_names))
    ours = next((name for name in _named(event) if any(m in name.lower() for m in marks)), None)
    if ours is not None:
        did = "called" if event.succeeded else f"tried ({event.error}) to call"
        yield Evidence(
            resource=_resource(event, ours),
            summary=f"{event.actor} {did} {event.name} on {ours} of the monitor",
            severity=_severity(event),
            data={"name": ours},
        )


def _named(event: CloudTrailEvent) -> Iterator[str]:
    """Yield what the call says it is about, not what it happens to mention."""
    values = [event.request.get(member) for member in _NAMING]
    # Event source mappings are named by an id; only the answer names the function.
    values.append(event.response.get("functionArn"))
    for value in values:
        yield from (name for name in _listed(value) if isinstance(name, str))


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _resource(event: CloudTrailEvent, name: str) -> Resource:
    """Return what was touched, or the account where the call says no ARN."""
    if name.startswith("arn:"):
        return Resource("Other", name)
    return Resource("AwsAccount", event.iam_arn("root"))


def _severity(event: CloudTrailEvent) -> Severity:
    deploys = event.name in ("ExecuteChangeSet", "UpdateStack", "UpdateStackSet")
    return Severity.MEDIUM if deploys or not event.succeeded else Severity.HIGH
