"""Changes of the findings table, as its stream delivers them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rolecall.adapters.findings_items import finding_of_item
from rolecall.model.finding import Finding
from rolecall.services.notify import Change


@dataclass(frozen=True, slots=True)
class StreamBatch:
    """The changes of a batch, up to the first that cannot be read."""

    changes: tuple[Change, ...]
    stopped_at: str = ""
    """Sequence number of the record that cannot be read; empty when all could be."""
    problem: str = ""


def read_changes(records: Sequence[Mapping[str, Any]]) -> StreamBatch:
    """Read a batch in its order.

    Lambda tries again from the record that is named as failed, alone in the end, and then sends
    it to the dead-letter queue: what follows it is not lost, and not told out of order.
    """
    changes: list[Change] = []
    for record in records:
        try:
            changes.append(_change(record["dynamodb"]))
        except (KeyError, TypeError, ValueError) as error:
            stopped_at = str(record["dynamodb"]["SequenceNumber"])
            return StreamBatch(tuple(changes), stopped_at, f"{type(error).__name__}: {error}")
    return StreamBatch(tuple(changes))


def _change(images: Mapping[str, Any]) -> Change:
    return Change(_finding(images.get("OldImage")), _finding(images.get("NewImage")))


def _finding(image: Mapping[str, Any] | None) -> Finding | None:
    return finding_of_item(image) if image else None
