"""Opened sessions of roles in the activity table, kept as long as a session can last."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rolecall.model.role_sessions import LONGEST, OpenedSession
from rolecall.model.timestamps import format_time, parse_time

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef as Attribute


@dataclass(frozen=True, slots=True)
class DynamoDBSessions:
    """The port Sessions on the table of activity."""

    client: "DynamoDBClient"
    table: str

    def keep(self, session: OpenedSession) -> None:
        """Keep who opened it; what knows less than what is there is left out."""
        expires_at = int((session.at + LONGEST).timestamp())
        try:
            self.client.update_item(
                TableName=self.table,
                Key=_key(session.access_key_id),
                UpdateExpression="SET opened_by = :by, opener = :opener, opened_at = :at,"
                " is_named = :named, expires_at = :expires",
                ConditionExpression="attribute_not_exists(id) OR is_named = :unnamed",
                ExpressionAttributeValues={
                    ":by": {"S": session.opened_by},
                    ":opener": {"S": session.opener_key_id},
                    ":at": {"S": format_time(session.at)},
                    ":named": {"BOOL": session.is_named},
                    ":unnamed": {"BOOL": False},
                    ":expires": {"N": str(expires_at)},
                },
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return

    def opened(self, access_key_id: str) -> OpenedSession | None:
        """Return the session of that key; None where its opening was not seen, or is long past."""
        answer = self.client.get_item(
            TableName=self.table, Key=_key(access_key_id), ConsistentRead=True
        )
        item = answer.get("Item")
        if not item or int(item["expires_at"]["N"]) < datetime.now(UTC).timestamp():
            return None
        return OpenedSession(
            access_key_id=access_key_id,
            opened_by=item["opened_by"]["S"],
            opener_key_id=item["opener"]["S"],
            at=parse_time(item["opened_at"]["S"]),
            is_named=item["is_named"]["BOOL"],
        )


def _key(access_key_id: str) -> "dict[str, Attribute]":
    # A partition for each key: sessions of a large organization are many.
    return {"account_id": {"S": f"session {access_key_id}"}, "id": {"S": "opened"}}
