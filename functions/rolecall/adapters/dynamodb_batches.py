"""Batches of DynamoDB: asked again for what was left over, within bounds."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_T = TypeVar("_T")

Sleep = Callable[[float], None]

# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
_ITEMS_A_WRITE = 25
_ITEMS_A_READ = 100
_FIRST_DELAY_SECONDS = 0.05
_ATTEMPTS = 10


class UnprocessedError(RuntimeError):
    """DynamoDB did not take or give everything, however often it was asked."""


def write_batches(
    client: "DynamoDBClient", table: str, items: Sequence[Any], sleep: Sleep = time.sleep
) -> None:
    """Put every item; raise UnprocessedError when some were refused to the end."""
    requests = [{"PutRequest": {"Item": item}} for item in items]
    _request(client, table, requests, f"items were not written to {table}", sleep)


def delete_batches(
    client: "DynamoDBClient", table: str, keys: Sequence[Any], sleep: Sleep = time.sleep
) -> None:
    """Delete every item that is there of these keys; raise UnprocessedError as above."""
    requests = [{"DeleteRequest": {"Key": key}} for key in keys]
    _request(client, table, requests, f"items were not deleted from {table}", sleep)


def read_batches(
    client: "DynamoDBClient", table: str, keys: Sequence[Any], sleep: Sleep = time.sleep
) -> list[dict[str, Any]]:
    """Return the items that exist of these keys, as they are now.

    Raises UnprocessedError when some keys were not answered to the end: that an item did not come
    must mean that there is none.
    """
    found: list[dict[str, Any]] = []

    def get(keys: Sequence[Any]) -> Sequence[Any]:
        wanted: Any = {table: {"Keys": keys, "ConsistentRead": True}}
        answer = client.batch_get_item(RequestItems=wanted)
        found.extend(answer.get("Responses", {}).get(table, ()))
        unprocessed = answer.get("UnprocessedKeys", {}).get(table)
        return unprocessed["Keys"] if unprocessed else ()

    for batch in _batches(keys, _ITEMS_A_READ):
        _until_done(batch, get, f"keys were not read from {table}", sleep)
    return found


def _request(
    client: "DynamoDBClient", table: str, requests: Sequence[Any], complaint: str, sleep: Sleep
) -> None:
    def send(requests: Sequence[Any]) -> Sequence[Any]:
        answer = client.batch_write_item(RequestItems={table: requests})
        return answer.get("UnprocessedItems", {}).get(table, ())

    for batch in _batches(requests, _ITEMS_A_WRITE):
        _until_done(batch, send, complaint, sleep)


def _until_done(
    batch: Sequence[_T],
    ask: Callable[[Sequence[_T]], Sequence[_T]],
    complaint: str,
    sleep: Sleep,
) -> None:
    left = batch
    for attempt in range(_ATTEMPTS):
        if attempt:
            sleep(_FIRST_DELAY_SECONDS * 2**attempt)
        left = ask(left)
        if not left:
            return
    raise UnprocessedError(f"{len(left)} {complaint} in {_ATTEMPTS} attempts")


def _batches(items: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
