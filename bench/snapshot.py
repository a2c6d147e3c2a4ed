"""What a snapshot costs: reading and judging an account of 5,000 users, and the API calls.

`measure_snapshots` gives the lines of `python -m bench`; `python -m bench.snapshot FILE [REPORT]`
measures one file in a process of its own and prints JSON.
"""

from __future__ import annotations

import gc
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.line import Line
from bench.snapshot_account import TAKEN_AT, invent_snapshot
from bench.snapshot_calls import calls

if TYPE_CHECKING:
    from collections.abc import Iterator

_USERS = 5000
_SIZES = (5, 500, _USERS)
_RUNS = 5


def measure_snapshots(account: Path | None = None, report: Path | None = None) -> Iterator[Line]:
    """Yield the median of each measurement; of a file where one is given."""
    with tempfile.TemporaryDirectory() as folder:
        file = account or Path(folder, "account.json")
        if account is None:
            file.write_text(json.dumps(invent_snapshot(_USERS)))
        runs = [_in_own_process(file, report) for _ in range(_RUNS)]
    found = {name: statistics.median(run[name] for run in runs) for name in runs[0]}
    who = f"snapshot of {found['users']:,.0f} users"
    yield Line(f"{who}: read", _ms(found["read"]))
    yield Line(f"{who}: all checks ({found['findings']:,.0f} findings)", _ms(found["judge"]))
    yield Line(f"{who}: both", _ms(found["read"] + found["judge"]), "under 2,000 ms")
    yield Line(f"{who}: peak of the process", f"{found['megabytes']:,.0f} MB", "under 300 MB")
    for users in _SIZES:
        for count in calls(users):
            yield Line(f"{users:,} users: API calls, {count.what}", f"{count.made:,}", count.least)


def measure(file: Path, report: Path | None = None) -> dict[str, float]:
    """Read and judge the account in a file, and return CPU seconds, megabytes and counts."""
    from rolecall.catalog import CHECKS
    from rolecall.model.settings import Settings
    from rolecall.services.assemble import assemble
    from rolecall.services.audit import judge
    from rolecall.services.read_snapshot import Beside, read_snapshot

    gc.disable()  # as `rolecall audit` does
    started = time.process_time()
    beside = Beside(report=report.read_text() if report else None)
    account = assemble(read_snapshot(file.read_text(), beside, TAKEN_AT))
    read = time.process_time()
    judgement = judge(account, CHECKS, Settings(), "bench")
    finished = time.process_time()
    return {
        "read": read - started,
        "judge": finished - read,
        "users": len(account.users),
        "findings": len(judgement.findings),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _in_own_process(file: Path, report: Path | None) -> dict[str, float]:
    files = [str(each) for each in (file, report) if each]
    command = [sys.executable, "-m", "bench.snapshot", *files]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ourselves
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(*map(Path, sys.argv[1:]))))
