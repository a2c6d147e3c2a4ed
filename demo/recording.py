"""Recorded attacks: CloudTrail records, one a line, put on the bus as if they happened now."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from demo.expectations import Expected
from demo.organization import DEVELOPMENT

EVENTS = Path(__file__).parent / "events"
STOLEN_ROOT = EVENTS / "stolen-root-password.jsonl"
EXPECTED: tuple[Expected, ...] = (
    Expected("root-activity", DEVELOPMENT, ":root"),
    Expected("administrator-policy-attached", DEVELOPMENT, "user/maintenance"),
    Expected("access-key-for-another-user", DEVELOPMENT, "user/maintenance"),
    Expected("mfa-removed", DEVELOPMENT, "user/release-lead"),
    Expected("role-trust-changed", DEVELOPMENT, "role/service-1"),
)


def read(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records, moved in time so that the last one happens now."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    delay = datetime.now(UTC) - max(_time(record) for record in records)
    for record in records:
        yield {**record, "eventTime": _text(_time(record) + delay)}


def _time(record: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(record["eventTime"])


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
