"""Whether a CloudTrail record deserves a finding.

The folder holds `events.jsonl`, one question a line: a CloudTrail record in `event`, and whether
to `expect` an `alert`, silence (`benign`) or `either`, then with the severity that is the most
(`max_ok`). All records are one CloudTrail file that `rolecall replay` judges.
"""

import io
import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any, TypeAlias

from rolecall.cli import main
from rolecall.model.severity import Severity
from tools.acceptance.privesc import rows

Answer: TypeAlias = dict[str, Any]
"""`{"id", "detections": [{"rule", "severity"}]}`."""

_MOST = {"info": Severity.INFORMATIONAL, "low": Severity.LOW}


def answers(folder: Path) -> Iterator[Answer]:
    """Yield what was found in every record of the folder."""
    questions = list(rows(folder / "events.jsonl"))
    judged = _replayed([row["event"] for row in questions])
    for row, document in zip(questions, judged, strict=True):
        found = [
            {"rule": finding["rule"], "severity": finding["severity"].lower()}
            for finding in document["findings"]
        ]
        yield {"id": row["id"], "detections": found}


def compare(folder: Path, given: Iterable[Answer]) -> tuple[int, list[str]]:
    """Return how many questions have a certain answer, and which were answered otherwise."""
    found = {answer["id"]: answer["detections"] for answer in given}
    checked, misses = 0, []
    for row in rows(folder / "events.jsonl"):
        least, most = _expected(row)
        if (least, most) == (None, None):
            continue
        checked += 1
        worst = max((Severity.parse(each["severity"]) for each in found[row["id"]]), default=None)
        if least is not None and (worst is None or worst < least):
            misses.append(f"{row['id']}: missed")
        if most is not None and worst is not None and worst > most:
            rules = ", ".join(each["rule"] for each in found[row["id"]])
            misses.append(f"{row['id']}: {worst.name} by {rules}")
    return checked, misses


def _expected(row: dict[str, Any]) -> tuple[Severity | None, Severity | None]:
    """Return the least and the most severity that is right; None where any is."""
    if row["expected"] == "alert":
        return Severity.LOW, None
    if row["expected"] == "benign":
        return None, Severity.INFORMATIONAL
    return None, _MOST.get(row.get("max_ok") or "")


def _replayed(records: list[Any]) -> list[dict[str, Any]]:
    """Return the line that `rolecall replay --all` prints for each record, in their order."""
    out = io.StringIO()
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(out):
        log = Path(folder) / "cloudtrail.json"
        log.write_text(json.dumps({"Records": records}), encoding="utf-8")
        # What is no event is named on standard error, and has its line all the same.
        main(["replay", str(log), "--all", "--format", "jsonl"])
    return [json.loads(line) for line in out.getvalue().splitlines()]
