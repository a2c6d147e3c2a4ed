"""Event source mappings are refused if the function's role may not read the source, as on AWS.

https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
"""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

from typing import Any

from demo.embedded_aws.emulator import Untyped, lambda_svc, provisioners, replaces
from demo.embedded_aws.overlay import encryption, service_roles

_NEEDS = {
    "sqs": ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
    "dynamodb": (
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:DescribeStream",
        "dynamodb:ListStreams",
    ),
}


@replaces(provisioners, "_lambda_esm_create")
def _create_by_template(
    original: Untyped, logical_id: str, properties: dict[str, Any], stack: str
) -> Untyped:
    problem = _problem(properties)
    if problem:
        raise ValueError(problem)
    return original(logical_id, properties, stack)


@replaces(lambda_svc, "_create_esm")
def _create(original: Untyped, parameters: dict[str, Any]) -> Untyped:
    problem = _problem(parameters)
    if problem:
        return lambda_svc._invalid_parameter_value(problem)
    return original(parameters)


def _problem(mapping: dict[str, Any]) -> str:
    """Say what the role of the function lacks; nothing if it lacks nothing."""
    source = mapping["EventSourceArn"]
    service = source.split(":")[2]
    function, _, _ = lambda_svc._get_func_record_for_ref(mapping["FunctionName"])
    role = function["config"]["Role"]
    lacking = [
        action
        for action in _NEEDS.get(service, ())
        if not service_roles.allows(role, action, source)
    ]
    read = "sqs:ReceiveMessage" if service == "sqs" else "dynamodb:GetRecords"
    if not encryption.role_may_use(role, read, source):
        lacking.append("kms:Decrypt")
    if not lacking:
        return ""
    return (
        f"The provided execution role does not have permissions: {', '.join(lacking)} on {source}"
    )
