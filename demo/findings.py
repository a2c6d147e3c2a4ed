"""The findings as they stand in the hub's table."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

_T = TypeVar("_T")
_TABLE = "rolecall-findings"


@dataclass(frozen=True, slots=True)
class SeenFinding:
    """A finding, as far as the demo looks at it."""

    id: str
    account_id: str
    rule: str
    severity: str
    status: str
    resource: str
    """The ARN of what it is about."""
    summary: str
    source: str
    """The run or the event that says so."""
    changed_at: str


class FindingsTable:
    """Reads the table with the rights of whoever runs the demo."""

    def __init__(self, dynamodb: Any) -> None:  # noqa: ANN401 - boto3's clients are made at run time
        """Read with this DynamoDB client of the hub."""
        self._dynamodb = dynamodb

    def all(self) -> list[SeenFinding]:
        """Return every finding of every account."""
        pages = self._dynamodb.get_paginator("scan").paginate(TableName=_TABLE, ConsistentRead=True)
        return [_read(item) for page in pages for item in page["Items"]]

    def of_account(self, account_id: str) -> list[SeenFinding]:
        """Return the findings of one account."""
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=_TABLE,
            ConsistentRead=True,
            KeyConditionExpression="account_id = :account",
            ExpressionAttributeValues={":account": {"S": account_id}},
        )
        return [_read(item) for page in pages for item in page["Items"]]


def _read(item: dict[str, Any]) -> SeenFinding:
    def text(name: str) -> str:
        return str(item.get(name, {}).get("S", ""))

    return SeenFinding(
        id=text("id"),
        account_id=text("account_id"),
        rule=text("rule"),
        severity=text("severity"),
        status=text("status"),
        resource=text("resource_arn"),
        summary=text("summary"),
        source=text("source"),
        changed_at=text("changed_at"),
    )


def wait_for(look: Callable[[], _T | None], seconds: float) -> _T | None:
    """Look again and again until there is something, at most this long."""
    deadline = time.monotonic() + seconds
    while True:
        found = look()
        if found is not None or time.monotonic() > deadline:
            return found
        time.sleep(0.05)
