"""CloudTrail: every call that changes something becomes a record, and the record an event.

A record appears on the default bus of its account and region, as AWS delivers it to EventBridge:
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html
"""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

import logging
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from botocore.model import OperationModel

from demo.embedded_aws.emulator import Untyped, app, replaces, responses, router
from demo.embedded_aws.overlay import eventbridge, iam_facts, identities, stack_roles, trail_form

_log = logging.getLogger("rolecall.cloudtrail")
_SOURCES = {
    "cloudformation", "dynamodb", "events", "iam", "kms", "lambda",
    "organizations", "scheduler", "sns", "sqs", "states", "sts",
}  # fmt: skip
# IAM and Organizations are recorded in us-east-1, whatever region the caller names.
_GLOBAL = {"iam", "organizations"}
_READS = (
    "BatchGet", "Check", "Decode", "Describe", "Detect", "Estimate", "Generate", "Get", "List",
    "Query", "Receive", "Scan", "Simulate", "Test", "Validate",
)  # fmt: skip
# Data events: a trail records them on request only, and EventBridge never sees them by default.
_DATA = {
    "BatchExecuteStatement", "BatchWriteItem", "ChangeMessageVisibility",
    "ChangeMessageVisibilityBatch", "Decrypt", "DeleteItem", "DeleteMessage", "DeleteMessageBatch",
    "Encrypt", "ExecuteStatement", "ExecuteTransaction", "Invoke", "InvokeAsync",
    "InvokeWithResponseStream", "Publish", "PublishBatch", "PutEvents", "PutItem", "ReEncrypt",
    "SendMessage", "SendMessageBatch", "SendTaskHeartbeat", "SendTaskSuccess", "SendTaskFailure",
    "StartSyncExecution", "TransactGetItems", "TransactWriteItems", "UpdateItem",
}  # fmt: skip
# IAM's errors appear under the names of their classes.
_ERRORS_OF_IAM = {
    "EntityAlreadyExists", "NoSuchEntity", "LimitExceeded", "DeleteConflict", "InvalidInput",
    "MalformedPolicyDocument",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Call:
    """One request of an API, as it arrived."""

    service: str
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    request_id: str
    access_key_id: str
    region: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service answered."""

    status: int
    headers: dict[str, str]
    body: bytes


@replaces(app, "_dispatch_service_request")
async def _record_call(original: Untyped, *request: Untyped) -> Untyped:
    method, path, headers, body, query, request_id = request
    answer = await original(*request)
    form = app._routing_params(method, path, headers, body, query)
    service = router.detect_service(method, path, headers, form)
    call = Call(
        service=service,
        method=method,
        path=path,
        headers=headers,
        body=body,
        request_id=request_id,
        access_key_id=router.extract_access_key_id(headers, query),
        region="us-east-1" if service in _GLOBAL else responses.get_region(),
    )
    try:
        _observe(call, Answer(*answer))
    except Exception:  # noqa: BLE001 - the call itself has been answered and stays answered
        _log.exception("no record of %s %s %s", service, method, path)
    return answer


def _observe(call: Call, answer: Answer) -> None:
    if answer.status < 400:  # noqa: PLR2004 - HTTP
        iam_facts.note_use(call.access_key_id, call.service, call.region)
    if call.service not in _SOURCES:
        return
    form = trail_form.read_form(call.body)
    operation = trail_form.find_operation(call.service, call.method, call.path, call.headers, form)
    if operation is None or operation.name in _DATA or _is_mere_read(call.service, operation.name):
        return
    parameters = trail_form.read_request(operation, call.path, call.body, form)
    if call.service == "cloudformation":
        stack_roles.remember(parameters)
    identity = identities.of_access_key(call.access_key_id)
    if identity is not None:
        eventbridge.deliver(_record(call, answer, operation, parameters, identity))


def _is_mere_read(service: str, name: str) -> bool:
    # Of the calls of STS all count as reads, and rules may ask for them all the same.
    return name == "GetCallerIdentity" if service == "sts" else name.startswith(_READS)


def _record(
    call: Call,
    answer: Answer,
    operation: OperationModel,
    parameters: dict[str, Any],
    identity: dict[str, Any],
) -> dict[str, Any]:
    said = _said(call, answer, operation)
    error = said.pop("Error", None)
    elements = trail_form.trail_form(call.service, operation.output_shape, said)
    return {
        **frame(call.service, trail_form.event_name(call.service, operation), call.region),
        # CloudTrail counts sessions as reads: nothing in the account changes.
        "readOnly": call.service == "sts",
        "userIdentity": identity,
        "sourceIPAddress": responses.get_request_client_ip(),
        "userAgent": call.headers.get("user-agent", "-"),
        **(_refusal(call.service, error) if error else {}),
        "requestParameters": trail_form.trail_form(call.service, operation.input_shape, parameters)
        or None,
        "responseElements": (elements or None) if error is None else None,
        "requestID": call.request_id,
        "recipientAccountId": responses.get_account_id(),
    }


def _said(call: Call, answer: Answer, operation: OperationModel) -> dict[str, Any]:
    content_type = call.headers.get("content-type", "")
    return trail_form.read_answer(
        operation,
        answer.status,
        answer.headers,
        answer.body,
        query=content_type.startswith("application/x-www-form-urlencoded"),
    )


def _refusal(service: str, error: dict[str, str]) -> dict[str, str]:
    code = error.get("Code", "")
    suffix = "Exception" if service == "iam" and code in _ERRORS_OF_IAM else ""
    return {"errorCode": code + suffix, "errorMessage": error.get("Message", "")}


def frame(service: str, event_name: str, region: str) -> dict[str, Any]:
    """Return the fields that all records of management events share."""
    return {
        "eventVersion": "1.11",
        "eventTime": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "eventSource": f"{'monitoring' if service == 'cloudwatch' else service}.amazonaws.com",
        "eventName": event_name,
        "awsRegion": region,
        "eventID": str(uuid.uuid4()),
        "readOnly": False,
        "eventType": "AwsApiCall",
        "managementEvent": True,
        "eventCategory": "Management",
    }
