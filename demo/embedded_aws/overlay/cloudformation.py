"""CloudFormation: the type EventBusPolicy, and the calls of other services that a stack makes."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from demo.embedded_aws.emulator import (
    Untyped,
    eventbridge,
    provisioners,
    replaces,
    responses,
    stacks,
)
from demo.embedded_aws.overlay import cloudtrail, identities, stack_roles
from demo.embedded_aws.overlay import eventbridge as events


def _create_bus_policy(
    logical_id: str, properties: dict[str, Any], _stack: str
) -> tuple[str, dict[str, str]]:
    bus, sid = properties.get("EventBusName", "default"), properties["StatementId"]
    statement = properties.get("Statement")
    if isinstance(statement, str):
        statement = json.loads(statement)
    if statement is None:
        raise ValueError(f"{logical_id}: a Statement is needed")
    policies = eventbridge._event_bus_policies
    kept = [s for s in policies.get(bus, {}).get("Statement", []) if s.get("Sid") != sid]
    policies[bus] = {"Version": "2012-10-17", "Statement": [*kept, {**statement, "Sid": sid}]}
    return f"{bus}|{sid}", {}


def _delete_bus_policy(physical_id: str, _properties: dict[str, Any]) -> None:
    bus, _, sid = physical_id.partition("|")
    eventbridge._remove_permission({"EventBusName": bus, "StatementId": sid})


provisioners._RESOURCE_HANDLERS["AWS::Events::EventBusPolicy"] = {
    "create": _create_bus_policy,
    "delete": _delete_bus_policy,
}


@dataclass(frozen=True, slots=True)
class _Calls:
    """Which calls CloudFormation makes for a resource type, and the parameter that names it."""

    service: str
    create: str
    update: str
    delete: str
    parameter: str


_CALLS = {
    "AWS::DynamoDB::GlobalTable": _Calls(
        "dynamodb", "CreateTable", "UpdateTable", "DeleteTable", "tableName"
    ),
    "AWS::DynamoDB::Table": _Calls(
        "dynamodb", "CreateTable", "UpdateTable", "DeleteTable", "tableName"
    ),
    "AWS::Events::EventBus": _Calls(
        "events", "CreateEventBus", "UpdateEventBus", "DeleteEventBus", "name"
    ),
    "AWS::Events::Rule": _Calls("events", "PutRule", "PutRule", "DeleteRule", "name"),
    "AWS::IAM::Role": _Calls("iam", "CreateRole", "UpdateRole", "DeleteRole", "roleName"),
    "AWS::IAM::User": _Calls("iam", "CreateUser", "UpdateUser", "DeleteUser", "userName"),
    "AWS::Lambda::Function": _Calls(
        "lambda",
        "CreateFunction20150331",
        "UpdateFunctionConfiguration20150331v2",
        "DeleteFunction20150331",
        "functionName",
    ),
    "AWS::SNS::Topic": _Calls("sns", "CreateTopic", "SetTopicAttributes", "DeleteTopic", "name"),
    "AWS::SQS::Queue": _Calls(
        "sqs", "CreateQueue", "SetQueueAttributes", "DeleteQueue", "queueName"
    ),
    "AWS::Scheduler::Schedule": _Calls(
        "scheduler", "CreateSchedule", "UpdateSchedule", "DeleteSchedule", "name"
    ),
    "AWS::StepFunctions::StateMachine": _Calls(
        "states", "CreateStateMachine", "UpdateStateMachine", "DeleteStateMachine", "name"
    ),
}


def _requests(
    kind: str, change: str, name: str, properties: dict[str, Any]
) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Yield service, event name and parameters of the calls behind a change of a resource."""
    verb = "Delete" if change == "delete" else "Put"
    if kind == "AWS::IAM::Policy":
        for role in properties.get("Roles", []):
            policy = {"roleName": role, "policyName": properties["PolicyName"]}
            yield "iam", f"{verb}RolePolicy", policy
    calls = _CALLS.get(kind)
    if calls:
        yield calls.service, getattr(calls, change), {calls.parameter: name}
    if kind == "AWS::IAM::Role" and change == "create":
        for arn in properties.get("ManagedPolicyArns", []):
            yield "iam", "AttachRolePolicy", {"roleName": name, "policyArn": arn}
        for policy in properties.get("Policies", []):
            named = {"roleName": name, "policyName": policy["PolicyName"]}
            yield "iam", "PutRolePolicy", named


def _tell(kind: str, change: str, name: str, properties: dict[str, Any], stack: str) -> None:
    for service, event_name, parameters in _requests(kind, change, name, properties):
        region = "us-east-1" if service == "iam" else responses.get_region()
        record = {
            **cloudtrail.frame(service, event_name, region),
            "userIdentity": identities.of_cloudformation(stack_roles.of(stack)),
            "sourceIPAddress": "cloudformation.amazonaws.com",
            "userAgent": "cloudformation.amazonaws.com",
            "requestParameters": parameters,
            "responseElements": None,
            "recipientAccountId": responses.get_account_id(),
        }
        events.deliver(record)


@replaces(stacks, "_provision_resource")
def _provision(
    original: Untyped, kind: str, logical_id: str, properties: Untyped, stack: str
) -> Untyped:
    made = original(kind, logical_id, properties, stack)
    _tell(kind, "create", _short(made[0]), properties, stack)
    return made


@replaces(stacks, "_update_resource")
def _update(original: Untyped, *update: Untyped) -> Untyped:
    kind, _name, old, new, stack, *_rest = update
    made = original(*update)
    if old != new:
        _tell(kind, "update", _short(made[0]), new, stack)
    return made


@replaces(stacks, "_delete_resource")
def _delete(
    original: Untyped, kind: str, name: str, properties: Untyped, stack: str, *rest: Untyped
) -> Untyped:
    original(kind, name, properties, stack, *rest)
    _tell(kind, "delete", _short(name), properties or {}, stack)


def _short(physical_id: str) -> str:
    """Return the name in a physical id, which may be an ARN or the URL of a queue."""
    return physical_id.rsplit("/", 1)[-1].rsplit(":", 1)[-1]
