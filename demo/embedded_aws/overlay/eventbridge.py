"""EventBridge: the services' own events, and buses of other accounts as their policies allow."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

import json
import logging
from collections import deque
from datetime import datetime
from typing import Any

from demo.embedded_aws.emulator import Untyped, evaluator, eventbridge, replaces, responses, sqs
from demo.embedded_aws.overlay import encryption, service_roles

_log = logging.getLogger("rolecall.eventbridge")
_DETAIL_TYPES = {
    "AwsApiCall": "AWS API Call via CloudTrail",
    "AwsConsoleSignIn": "AWS Console Sign In via CloudTrail",
    "AwsServiceEvent": "AWS Service Event via CloudTrail",
}
_KEPT_RECORDS = 5000
records: deque[dict[str, Any]] = deque(maxlen=_KEPT_RECORDS)


def deliver(record: dict[str, Any]) -> None:
    """Put a CloudTrail record on the default bus of its account and region, as AWS does."""
    records.append(record)
    event = {
        "EventId": record["eventID"],
        "Source": "aws." + record["eventSource"].removesuffix(".amazonaws.com"),
        "DetailType": _DETAIL_TYPES[record["eventType"]],
        "Detail": json.dumps(record),
        "EventBusName": "default",
        "Time": int(datetime.fromisoformat(record["eventTime"]).timestamp()),
        "Resources": [],
        "Account": record["recipientAccountId"],
        "Region": record["awsRegion"],
    }
    with responses.request_scope(record["recipientAccountId"], record["awsRegion"]):
        eventbridge._dispatch_event(event)


@replaces(eventbridge, "_dispatch_event")
def _dispatch(_original: Untyped, event: dict[str, Any], view: Untyped = None) -> None:
    """Send an event to the targets of the rules that match and are in a state to take it."""
    seen = set(event.get("_DispatchPath") or [])
    view = view or eventbridge._pattern_event_view(event)
    for key, rule in eventbridge._rules.items():
        is_on_bus = rule.get("EventBusName", "default") == event.get("EventBusName", "default")
        if not is_on_bus or key in seen or not _takes(rule, event):
            continue
        if eventbridge._matches_pattern_view(rule["EventPattern"], view, f"rule {key}"):
            for target in eventbridge._targets.get(key, []):
                eventbridge._invoke_target(target, event, rule, view)


def _takes(rule: dict[str, Any], event: dict[str, Any]) -> bool:
    """Whether the state of a rule lets it see an event at all.

    Calls that change nothing are seen by rules only that ask for all management events.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
    """
    if not rule.get("EventPattern"):
        return False
    if rule["State"] == "ENABLED":
        return '"readOnly": true' not in event["Detail"]
    return bool(rule["State"] == "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS")


@replaces(eventbridge, "_dispatch_to_event_bus")
def _to_bus(
    original: Untyped, spec: Untyped, event: Untyped, rule: Untyped, *rest: Untyped
) -> Untyped:
    if spec.account_id == responses.get_account_id() and spec.region == responses.get_region():
        return original(spec, event, rule, *rest)
    role = _role_of_target(rule, str(spec))
    reason = _refusal(role, spec)
    if reason:
        _log.error("rule %s: no event to %s: %s", rule.get("Name"), spec, reason)
        return None
    with responses.request_scope(spec.account_id, spec.region):
        return original(spec, event, rule, *rest)


def _role_of_target(rule: dict[str, Any], arn: str) -> str:
    key = eventbridge._rule_key(rule["Name"], rule.get("EventBusName", "default"))
    targets = eventbridge._targets.get(key, [])
    return next((t.get("RoleArn", "") for t in targets if t.get("Arn") == arn), "")


def _refusal(role: str, spec: Untyped) -> str:
    """Say why a bus elsewhere refuses an event; nothing if it takes it.

    The role of the target must be allowed to put events, and the policy of the bus must allow it,
    except for another region of the same account.
    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cross-account.html
    """
    if not role:
        return "the target has no role"
    if not service_roles.allows(role, "events:PutEvents", str(spec)):
        return f"{role} may not call events:PutEvents there"
    if spec.account_id == responses.get_account_id():
        return ""
    policy = eventbridge._event_bus_policies.get_scoped(
        spec.account_id, spec.region, spec.resource.removeprefix("event-bus/")
    )
    context = service_roles.request(role, "events:PutEvents", str(spec))
    if evaluator.evaluate_resource_policy(policy, context).decision != "Allow":
        return f"the bus's policy does not allow {role}"
    return ""


@replaces(eventbridge, "_invoke_target")
def _to_target(
    original: Untyped, target: Untyped, event: Untyped, rule: Untyped, view: Untyped = None
) -> Untyped:
    arn, source = str(target.get("Arn", "")), str(rule.get("Arn", ""))
    account = responses.get_account_id()
    if arn.startswith("arn:aws:sqs:") and source.startswith("arn:aws:events:"):
        service = "events.amazonaws.com"
        if not sqs.queue_policy_allows(arn, service, source, account):
            _log.error("%s: the queue's policy refuses events for %s", source, arn)
            return None
        if not encryption.key_allows(service, arn):
            _log.error("%s: the key of %s refuses EventBridge", source, arn)
            return None
    if source.startswith("arn:aws:scheduler:") and not _schedule_may(target, arn):
        _log.error("%s: role %s may not start %s", source, target.get("RoleArn"), arn)
        return None
    return original(target, event, rule, view)


def _schedule_may(target: dict[str, Any], arn: str) -> bool:
    actions = {"states": "states:StartExecution", "lambda": "lambda:InvokeFunction"}
    action = actions.get(arn.split(":")[2])
    return action is None or service_roles.allows(target.get("RoleArn", ""), action, arn)
