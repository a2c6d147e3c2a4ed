"""The measurements of the policy engine: medians of runs in fresh processes, in CPU time."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from bench.line import Line
from bench.policy_account import LARGE, MEDIUM, invent_account
from bench.processes import environment, run

if TYPE_CHECKING:
    from collections.abc import Iterator

_PEERS = ("cloudsplaining==0.9.1", "parliament==1.6.4", "policyuniverse==1.5.1.20231109")


def measure_policy_engine(
    account: Path | None,
    rows: Path | None,
    *,
    with_peers: bool,
) -> Iterator[Line]:
    """Yield the lines of the table as they are found."""
    with tempfile.TemporaryDirectory() as folder:
        medium, large = Path(folder, "medium.json"), account or Path(folder, "large.json")
        _invent(medium, large)
        yield from _cold_start()
        yield from _effective_sets(large)
        rate = _median("decisions", str(large), times=3)["a second"]
        yield Line("requests decided a second", f"{rate:,.0f}", "at least 20,000")
        if rows:
            rate = _median("rows", str(rows), times=3)["a second"]
            yield Line(f"rows of {rows.name} decided a second", f"{rate:,.0f}", "at least 20,000")
        if with_peers:
            yield from _peers(medium)


def _cold_start() -> Iterator[Line]:
    found = _median("cold_start", times=7)
    yield Line("import rolecall.policy", _ms(found["import"]), "under 150 ms")
    yield Line("load the action index", _ms(found["index"]), "under 60 ms")


def _effective_sets(account: Path) -> Iterator[Line]:
    found = _median("effective_sets", str(account), times=5)
    who = f"{found['principals']:,.0f} principals"
    yield Line(f"{who}: parse all policies", _ms(found["parse"]))
    yield Line(f"{who}: effective set of each", _ms(found["sets"]))
    yield Line(f"{who}: both", _ms(found["both"]), "under 1,000 ms")
    yield Line(f"{who}: peak of the process", f"{found['megabytes']:,.0f} MB", "under 200 MB")


def _peers(account: Path) -> Iterator[Line]:
    own = _median("effective_sets", str(account), times=5)["both"]
    yield Line("1,500 principals: rolecall.policy", _ms(own))
    try:
        python = environment("bench-peers", _PEERS)
    except subprocess.CalledProcessError:
        yield Line("other programs", "not installed", "they cannot be installed here")
        return
    for requirement in _PEERS:
        peer = requirement.partition("==")[0]
        ran = run([python, "bench/policy_peer_runs.py", peer, str(account)])
        seconds = json.loads(ran.output.splitlines()[-1])["all"]
        yield Line(
            f"1,500 principals: {requirement}",
            _ms(seconds),
            f"{seconds / own:,.0f} times ours",
        )


def _invent(medium: Path, large: Path) -> None:
    from rolecall.policy import action_index

    index = action_index()
    names = list(index.names_of(index.everything & ~index.retired))
    medium.write_text(json.dumps(invent_account(MEDIUM, names)))
    if not large.exists():
        large.write_text(json.dumps(invent_account(LARGE, names)))


def _median(measurement: str, *arguments: str, times: int) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.policy_runs", measurement, *arguments]
    found = [json.loads(run(command).output) for _ in range(times)]
    return {name: statistics.median(each[name] for each in found) for name in found[0]}


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:,.0f} ms"
