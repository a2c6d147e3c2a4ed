"""What is encrypted with a key takes rights on the key too, by way of the service.

https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
"""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

import logging
from typing import Any

from demo.embedded_aws.emulator import (
    Untyped,
    dynamodb,
    evaluator,
    kms,
    provisioners,
    replaces,
    responses,
    sns,
    sqs,
)
from demo.embedded_aws.overlay import service_roles

_log = logging.getLogger("rolecall.encryption")
_WRITE = ("kms:GenerateDataKey", "kms:Decrypt")
_READ = ("kms:Decrypt",)
_NEEDS = {
    "sns:Publish": _WRITE,
    "sqs:SendMessage": _WRITE,
    "sqs:ReceiveMessage": _READ,
    # DynamoDB holds the table's own key; its callers need to decrypt that.
    "dynamodb:BatchGetItem": _READ,
    "dynamodb:BatchWriteItem": _READ,
    "dynamodb:DeleteItem": _READ,
    "dynamodb:GetItem": _READ,
    "dynamodb:GetRecords": _READ,
    "dynamodb:PutItem": _READ,
    "dynamodb:Query": _READ,
    "dynamodb:Scan": _READ,
    "dynamodb:UpdateItem": _READ,
}


def key_of(arn: str) -> str | None:
    """Return the ARN of the customer managed key of a queue, topic or table, if it has one."""
    service = arn.split(":")[2] if arn.startswith("arn:") else ""
    named = ""
    if service == "sqs":
        named = (sqs._queue_by_arn(arn) or {}).get("attributes", {}).get("KmsMasterKeyId", "")
    elif service == "sns":
        topic = sns._topic_by_arn_any_scope(arn) or {}
        named = topic.get("attributes", {}).get("KmsMasterKeyId", "")
    elif service == "dynamodb":
        table = dynamodb._tables.get(arn.split("/")[1]) or {}
        named = (table.get("SSEDescription") or {}).get("KMSMasterKeyArn", "")
    key = kms._resolve_key(named) if named and "alias/aws/" not in named else None
    return str(key["Arn"]) if key else None


@replaces(evaluator, "enforce")
def _enforce(
    original: Untyped, access_key: str, action: str, service: str, region: str, **asked: Untyped
) -> Untyped:
    refusal = original(access_key, action, service, region, **asked)
    key = key_of(asked.get("resource_arn", "*")) if action in _NEEDS and refusal is None else None
    for needed in _NEEDS[action] if key else ():
        refusal = original(
            access_key, needed, "kms", region, resource_arn=key, service_context=_via(service)
        )
        if refusal is not None:
            _log.error("%s takes %s on %s: %s", action, needed, key, refusal)
            return refusal
    return refusal


def role_may_use(role_arn: str, action: str, arn: str) -> bool:
    """Whether a role may do what an action takes of the key of a resource."""
    key = key_of(arn)
    context = _via(arn.split(":")[2])
    return key is None or all(
        service_roles.allows(role_arn, needed, key, context) for needed in _NEEDS[action]
    )


def key_allows(service: str, arn: str) -> bool:
    """Whether the key of a queue lets an AWS service write to it."""
    key = key_of(arn)
    if key is None:
        return True
    policy, _ = kms.key_policy_for_arn(key)
    asked = [
        evaluator.EvalContext(
            principal_arn="*",
            principal_type="Service",
            principal_account="",
            action=action,
            resource_arn=key,
            region=responses.get_region(),
        )
        for action in _WRITE
    ]
    decisions = [evaluator.evaluate_resource_policy(policy, a, service=service) for a in asked]
    return all(decision.decision == "Allow" for decision in decisions)


def _via(service: str) -> dict[str, str]:
    return {"kms:viaservice": f"{service}.{responses.get_region()}.amazonaws.com"}


@replaces(provisioners, "_sns_create")
def _create_topic(
    original: Untyped, logical_id: str, properties: dict[str, Any], stack: str
) -> Untyped:
    arn, attributes = original(logical_id, properties, stack)
    if properties.get("KmsMasterKeyId"):
        sns._topics[arn]["attributes"]["KmsMasterKeyId"] = properties["KmsMasterKeyId"]
    return arn, attributes
