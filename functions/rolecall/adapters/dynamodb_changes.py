"""The changes table in DynamoDB: calls that may have changed permissions, kept for some months."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from rolecall.adapters.findings_items import attribute, value_of
from rolecall.model.kept_change import KeptChange, parse_change
from rolecall.model.timestamps import format_time, parse_time

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef as Attribute

_KEPT = timedelta(days=90)
_LOOKED = "looked"
"""The sort key of the item that tells when the account was looked at; calls begin with a year."""
_AFTER_ALL_TIMES = "9~"


@dataclass(frozen=True, slots=True)
class DynamoDBChanges:
    """The port Changes on one table."""

    client: "DynamoDBClient"
    table: str

    def keep(self, change: KeptChange) -> None:
        """Keep the change; the same event has the same key and the same content."""
        expires_at = int((change.at + _KEPT).timestamp())
        item = {
            **_key(change.account_id, f"{format_time(change.at)} {change.event_id}"),
            **{name: attribute(value) for name, value in change.document().items()},
            "expires_at": attribute(expires_at),
        }
        self.client.put_item(TableName=self.table, Item=item)

    def since(self, account_id: str, moment: datetime) -> list[KeptChange]:
        """Return the changes of the account from a moment on, in order of time."""
        return [parse_change(account_id, each) for each in self._documents(account_id, moment)]

    def looked_at(self, account_id: str) -> datetime | None:
        """Return the moment of the last snapshot that was compared; None when there was none."""
        key = _key(account_id, _LOOKED)
        answer = self.client.get_item(TableName=self.table, Key=key, ConsistentRead=True)
        return parse_time(answer["Item"]["at"]["S"]) if "Item" in answer else None

    def look(self, account_id: str, at: datetime) -> None:
        """Keep that a snapshot of that moment was compared, unless a later one was already."""
        try:
            self.client.put_item(
                TableName=self.table,
                Item={**_key(account_id, _LOOKED), "at": attribute(format_time(at))},
                ConditionExpression="attribute_not_exists(#at) OR #at < :at",
                ExpressionAttributeNames={"#at": "at"},
                ExpressionAttributeValues={":at": attribute(format_time(at))},
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return

    def _documents(self, account_id: str, moment: datetime) -> Iterator[dict[str, Any]]:
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="account_id = :account_id AND id BETWEEN :first AND :last",
            ExpressionAttributeValues={
                ":account_id": attribute(account_id),
                ":first": attribute(format_time(moment)),
                ":last": attribute(_AFTER_ALL_TIMES),
            },
            # What made us look was written a minute ago, and by the way just now.
            ConsistentRead=True,
        )
        for page in pages:
            yield from ({name: value_of(e) for name, e in item.items()} for item in page["Items"])


def _key(account_id: str, id_: str) -> "dict[str, Attribute]":
    return {"account_id": attribute(account_id), "id": attribute(id_)}
