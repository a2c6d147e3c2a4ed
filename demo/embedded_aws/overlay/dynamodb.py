"""DynamoDB tables from templates: expiry, recovery, encryption and deletion protection too."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

from typing import Any

from demo.embedded_aws.emulator import Untyped, dynamodb, provisioners, replaces

# What a replica says of itself; its indexes only repeat the names of the table's.
_OF_REPLICAS = ("DeletionProtectionEnabled", "PointInTimeRecoverySpecification", "SSESpecification")


@replaces(provisioners, "_ddb_create")
def _create(original: Untyped, logical_id: str, properties: dict[str, Any], stack: str) -> Untyped:
    name, attributes = original(logical_id, properties, stack)
    _complete(dynamodb._tables[name], properties)
    return name, attributes


@replaces(provisioners, "_ddb_update")
def _update(
    original: Untyped, name: str, old: dict[str, Any], new: dict[str, Any], *rest: Untyped
) -> Untyped:
    updated = original(name, old, new, *rest)
    _complete(dynamodb._tables[updated[0]], new)
    return updated


@replaces(provisioners, "_ddb_delete")
def _delete(original: Untyped, name: str, properties: dict[str, Any]) -> Untyped:
    table = dynamodb._tables.get(name)
    if table and table.get("DeletionProtectionEnabled"):
        raise ValueError(
            f"Resource cannot be deleted as it is currently protected against deletion: {name}. "
            "Disable deletion protection first."
        )
    return original(name, properties)


@replaces(provisioners, "_ddb_global_table_create")
def _create_global(
    original: Untyped, logical_id: str, properties: dict[str, Any], stack: str
) -> Untyped:
    return original(logical_id, _with_replica(properties), stack)


@replaces(provisioners, "_ddb_global_table_update")
def _update_global(
    original: Untyped, name: str, old: dict[str, Any], new: dict[str, Any], *rest: Untyped
) -> Untyped:
    return original(name, _with_replica(old), _with_replica(new), *rest)


def _with_replica(properties: dict[str, Any]) -> dict[str, Any]:
    """Lay what a global table says of its one replica beside the properties of the table."""
    replicas = properties.get("Replicas") or [{}]
    replica = {key: value for key, value in replicas[0].items() if key in _OF_REPLICAS}
    encryption = properties.get("SSESpecification")
    if encryption:
        key = replica.get("SSESpecification", {}).get("KMSMasterKeyId")
        named = {"Enabled": encryption["SSEEnabled"], "KMSMasterKeyId": key}
        replica["SSESpecification"] = {**encryption, **named}
    return {**properties, **replica}


def _complete(table: dict[str, Any], properties: dict[str, Any]) -> None:
    name = table["TableName"]
    expiry = properties.get("TimeToLiveSpecification")
    if expiry:
        dynamodb._update_ttl({"TableName": name, "TimeToLiveSpecification": expiry})
    recovery = properties.get("PointInTimeRecoverySpecification")
    if recovery:
        dynamodb._update_continuous_backups(
            {"TableName": name, "PointInTimeRecoverySpecification": recovery}
        )
    encryption = properties.get("SSESpecification") or {}
    enabled = encryption.get("Enabled", encryption.get("SSEEnabled", False))
    table["SSEDescription"] = dynamodb._sse_description_from_spec(
        {**encryption, "Enabled": enabled} if encryption else None
    )
    for index in table.get("GlobalSecondaryIndexes") or []:
        index.setdefault("IndexStatus", "ACTIVE")
