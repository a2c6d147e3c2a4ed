"""Somebody touches the monitor."""

# Longer than 60 lines because it lists the calls that can blind the monitor.

from collections.abc import Iterator, Mapping

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
    ),
    "scheduler.amazonaws.com": ("DeleteSchedule", "UpdateSchedule"),
    "states.amazonaws.com": ("DeleteStateMachine", "StopExecution", "UpdateStateMachine"),
    "sqs.amazonaws.com": ("DeleteQueue", "PurgeQueue", "SetQueueAttributes"),
    "sns.amazonaws.com": (
        "DeleteTopic",
        "SetSubscriptionAttributes",
        "SetTopicAttributes",
        "Unsubscribe",
    ),
    "dynamodb.amazonaws.com": ("DeleteTable", "UpdateTable", "UpdateTimeToLive"),
    "kms.amazonaws.com": ("DisableKey", "PutKeyPolicy", "ScheduleKeyDeletion"),
    "logs.amazonaws.com": ("DeleteLogGroup", "DeleteRetentionPolicy", "PutRetentionPolicy"),
    "monitoring.amazonaws.com": ("DeleteAlarms", "DisableAlarmActions"),
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
    denied one too, for somebody tried. What CloudFormation does as part of a deployment is not
    told, but the deployment itself is. The encryption key is known to AWS by its id only: list
    the id under more_names to have calls on it told.
    """
    marks = (name_prefix.lower(), *map(str.lower, more_names))
    # Event source mappings are named by an id; only the answer names the function.
    named = [*_texts(event.request), *_texts(event.response.get("functionArn"))]
    ours = next((text for text in named if any(mark in text.lower() for mark in marks)), None)
    if ours is None or event.actor.is_aws_itself:
        return
    did = "called" if event.succeeded else f"tried ({event.error}) to call"
    yield Evidence(
        resource=_resource(event, ours),
        summary=f"{event.actor} {did} {event.name} on {ours} of the monitor",
        severity=_severity(event),
        data={"name": ours},
    )


def _texts(value: object) -> Iterator[str]:
    """Yield every text in the request's parameters, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)


def _resource(event: CloudTrailEvent, name: str) -> Resource:
    """Return what was touched, or the account where the call says no ARN."""
    if name.startswith("arn:"):
        return Resource("Other", name)
    return Resource("AwsAccount", event.iam_arn("root"))


def _severity(event: CloudTrailEvent) -> Severity:
    is_deployment = event.name in ("ExecuteChangeSet", "UpdateStack", "UpdateStackSet")
    return Severity.MEDIUM if is_deployment or not event.succeeded else Severity.HIGH
