"""What the function that judges events costs: its start, and each event."""

from __future__ import annotations

import json
import statistics
import sys
from typing import TYPE_CHECKING

from bench.line import Line
from bench.processes import Ran, run

if TYPE_CHECKING:
    from collections.abc import Iterator

_TIMES = 5


def measure_events() -> Iterator[Line]:
    """Yield the medians of starts in fresh processes, and of events through all detections."""
    empty = statistics.median(each.seconds for each in _runs([sys.executable, "-c", ""]))
    starts = _runs([sys.executable, "-m", "bench.event_runs", "start"])
    seconds = statistics.median(each.seconds for each in starts) - empty
    yield Line("events: start of the handler, CPU", f"{1000 * seconds:.0f} ms", "under 400 ms")
    megabytes = statistics.median(each.megabytes for each in starts)
    yield Line("- peak of the process", f"{megabytes:.0f} MB", "under 128 MB")
    judged = [json.loads(each.output) for each in _runs([*_JUDGE])]
    events = statistics.median(each["events"] for each in judged)
    what = f"events: parse and {judged[0]['detections']:.0f} detections"
    yield Line(what, f"{events:,.0f} a second", "at least 2,000")


_JUDGE = (sys.executable, "-m", "bench.event_runs", "judge")


def _runs(command: list[str]) -> list[Ran]:
    run(command)  # the first makes the bytecode
    return [run(command) for _ in range(_TIMES)]
