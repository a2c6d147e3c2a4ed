"""The principals table in DynamoDB: what audits keep of users and roles, and what people ask."""

import time
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rolecall.adapters.dynamodb_batches import Sleep, delete_batches, read_batches, write_batches
from rolecall.adapters.principals_items import (
    holder_of_item,
    holding_items,
    key_of,
    principal_item,
    principal_key,
    record_of_item,
)
from rolecall.model.principal_record import PrincipalRecord, Rank

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


@dataclass(frozen=True, slots=True)
class DynamoDBPrincipals:
    """The ports Principals and PrincipalSearch on one table."""

    client: "DynamoDBClient"
    table: str
    sleep: Sleep = time.sleep

    def digests(self, account_id: str) -> dict[str, str]:
        """Return the digest of every record of the account by the principal's ARN.

        From an index that holds nothing else, for an account has a hundred times as many bytes of
        records. It may be a moment behind the table, which costs a write at worst.
        """
        items = self._query("account_id", account_id, "digests")
        return {item["id"]["S"]: item["digest"]["S"] for item in items}

    def records(self, arns: Collection[str]) -> dict[str, PrincipalRecord]:
        """Return the records of these principals by ARN, of those that have one."""
        keys = [principal_key(arn) for arn in dict.fromkeys(arns)]
        items = read_batches(self.client, self.table, keys, self.sleep)
        return {record.arn: record for record in map(record_of_item, items)}

    def save(self, records: Iterable[PrincipalRecord], before: Iterable[PrincipalRecord]) -> None:
        """Write the records in place of what was there before; raise UnprocessedError.

        The item with the digest comes last: what was interrupted is done again by the next audit.
        """
        records = list(records)
        holdings, old = _holdings(records), _holdings(before)
        self._delete([key_of(item) for id_, item in old.items() if id_ not in holdings])
        self._write([item for id_, item in holdings.items() if item != old.get(id_)])
        self._write([principal_item(record) for record in records])

    def remove(self, records: Iterable[PrincipalRecord]) -> None:
        """Forget the records with the items of the policies that they held."""
        records = list(records)
        self._delete([key_of(item) for item in _holdings(records).values()])
        self._delete([principal_key(record.arn) for record in records])

    def get(self, arn: str) -> PrincipalRecord | None:
        """Return the record of one principal; None where there is none."""
        key = principal_key(arn)
        answer = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return record_of_item(answer["Item"]) if "Item" in answer else None

    def of_account(self, account_id: str) -> Iterator[PrincipalRecord]:
        """Yield every record of an account."""
        items = self._query("account_id", account_id)
        yield from (record_of_item(item) for item in items if "digest" in item)

    def of_rank(self, rank: Rank) -> Iterator[PrincipalRecord]:
        """Yield every record of that rank in all accounts."""
        yield from map(record_of_item, self._query("rank", rank.value, "by-rank"))

    def holders(self, policy_arn: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield who holds a managed policy, with the groups that it comes through."""
        yield from map(holder_of_item, self._query("policy_arn", policy_arn, "by-policy"))

    def _query(self, name: str, value: str, index: str | None = None) -> Iterator[dict[str, Any]]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="#key = :key",
            ExpressionAttributeNames={"#key": name},
            ExpressionAttributeValues={":key": {"S": value}},
            **({"IndexName": index} if index else {}),  # type: ignore[arg-type] # a name, where there is one
        )
        for page in pages:
            yield from page["Items"]

    def _write(self, items: list[Any]) -> None:
        write_batches(self.client, self.table, items, self.sleep)

    def _delete(self, keys: list[Any]) -> None:
        delete_batches(self.client, self.table, keys, self.sleep)


def _holdings(records: Iterable[PrincipalRecord]) -> dict[str, Any]:
    return {item["id"]["S"]: item for record in records for item in holding_items(record)}
