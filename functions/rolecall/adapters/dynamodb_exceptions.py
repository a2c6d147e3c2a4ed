"""The exceptions that people stored, in a partition of their own of the coverage table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rolecall.adapters.findings_items import attribute, value_of
from rolecall.model.exception_document import exception_document, read_exception
from rolecall.model.exceptions import RuleException
from rolecall.model.settings import SettingsError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef as Attribute

_PARTITION: "Mapping[str, Attribute]" = {"account_id": {"S": "exceptions"}}


@dataclass(frozen=True, slots=True)
class DynamoDBExceptions:
    """The port Exceptions on the coverage table."""

    client: "DynamoDBClient"
    table: str

    def all(self) -> list[RuleException]:
        """Return every stored exception, as they are now; what cannot be read hides nothing."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.table,
            KeyConditionExpression="account_id = :partition",
            ExpressionAttributeValues={":partition": _PARTITION["account_id"]},
            ConsistentRead=True,
        )
        return [each for page in pages for item in page["Items"] for each in _read(item)]

    def save(self, exception: RuleException) -> None:
        """Keep the exception, in place of an earlier one of the same id."""
        content = {name: attribute(v) for name, v in exception_document(exception).items()}
        self.client.put_item(TableName=self.table, Item={**_key(exception.id), **content})

    def remove(self, exception_id: str) -> None:
        """Forget the exception; nothing happens when there is none of that id."""
        self.client.delete_item(TableName=self.table, Key=_key(exception_id))


def _key(exception_id: str) -> "dict[str, Attribute]":
    return {**_PARTITION, "audit": {"S": exception_id}}


def _read(item: Mapping[str, Any]) -> Iterator[RuleException]:
    document = {name: value_of(each) for name, each in item.items()}
    for key in ("account_id", "audit"):
        del document[key]
    try:
        yield read_exception(document)
    except SettingsError:
        return  # of a newer version, or not ours: its findings stay open, where people see them
