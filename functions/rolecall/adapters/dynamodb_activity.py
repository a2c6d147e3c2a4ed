"""The activity table in DynamoDB: traces of events, which expire by themselves.

One item holds the traces of one subject for one detection in one window of time.
"""

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rolecall.adapters.dynamodb_habits import DynamoDBHabits
from rolecall.model.habits import Unusual
from rolecall.model.memory import LONGEST, MOST_REMEMBERED, Remembered
from rolecall.services.activity_ports import Appearance, Occurrence

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef as Attribute


class DynamoDBActivity:
    """The port Activity on a table."""

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        """Use the table of that name."""
        self._client = client
        self._table = table

    def remember(self, what: Occurrence) -> list[Remembered]:
        """Keep the trace and return those of its subject around it.

        Sets make it atomic: of two functions that keep a trace at the same time, the later one is
        answered with both.
        """
        here = self._kept(what)
        near = [bucket for bucket in what.buckets if bucket != what.bucket]
        return [_parse(text) for text in (*here, *self._read(what, near))]

    def accustom(self, what: Appearance) -> Unusual:
        """Keep how the subject acted, and return what of it is new."""
        return DynamoDBHabits(self._client, self._table).accustom(what)

    def _kept(self, what: Occurrence) -> list[str]:
        expires_at = int((what.trace.at + 2 * LONGEST).timestamp())
        try:
            answer = self._client.update_item(
                TableName=self._table,
                Key=_key(what, what.bucket),
                UpdateExpression="ADD traces :trace SET expires_at = :expires_at",
                # A set of a thousand traces would cost a hundred times what it tells.
                ConditionExpression="attribute_not_exists(traces) OR size(traces) < :most",
                ExpressionAttributeValues={
                    ":trace": {"SS": [_text(what.trace)]},
                    ":expires_at": {"N": str(expires_at)},
                    ":most": {"N": str(MOST_REMEMBERED)},
                },
                ReturnValues="ALL_NEW",
            )
        except self._client.exceptions.ConditionalCheckFailedException:
            kept = self._read(what, [what.bucket])
            return kept if _text(what.trace) in kept else [*kept, _text(what.trace)]
        return list(answer["Attributes"]["traces"]["SS"])

    def _read(self, what: Occurrence, buckets: list[int]) -> list[str]:
        found: list[str] = []
        for bucket in buckets:
            answer = self._client.get_item(
                TableName=self._table,
                Key=_key(what, bucket),
                ProjectionExpression="traces",
                ConsistentRead=True,
            )
            found += answer.get("Item", {}).get("traces", {}).get("SS", [])
        return found


def _key(what: Occurrence, bucket: int) -> "dict[str, Attribute]":
    # Subjects are names that anybody may choose, of any length.
    subject = hashlib.sha256(what.subject.encode(errors="surrogatepass")).hexdigest()[:32]
    return {
        "account_id": {"S": what.account_id},
        "id": {"S": f"{what.rule} {subject} {bucket}"},
    }


def _text(trace: Remembered) -> str:
    value = trace.value.encode("utf-8", errors="replace").decode()
    return f"{int(trace.at.timestamp())} {trace.event_id} {value}"


def _parse(text: str) -> Remembered:
    seconds, event_id, value = text.split(" ", 2)
    return Remembered(datetime.fromtimestamp(int(seconds), UTC), event_id, value)
