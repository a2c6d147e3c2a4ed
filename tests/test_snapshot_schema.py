import json
from pathlib import Path

from rolecall.services import snapshot_document
from rolecall.services.snapshot_document import parse_snapshot

SCHEMA = json.loads((Path(__file__).parents[1] / "docs/snapshot.schema.json").read_text())


def test_describes_every_member_that_is_read_and_no_other():
    assert set(SCHEMA["properties"]) == snapshot_document._OWN


def test_demands_what_the_reader_demands():
    given = {"account_id": "111122223333", "taken_at": "2026-11-23T12:00:00Z"}

    assert set(SCHEMA["required"]) == set(given)
    assert parse_snapshot(given).id == "111122223333"
