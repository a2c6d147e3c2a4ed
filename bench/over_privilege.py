"""What the over-privilege audit costs and finds, beside others, in fresh processes.

`measure_over_privilege` gives the lines of `python -m bench`; `python -m bench.over_privilege FILE
[TRUTH]` measures one answer of get-account-authorization-details. TRUTH says of some of its
principals, by `arn`, that they escalate (`positive`) or that something blocks them (`negative`).
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.line import Line
from bench.over_privilege_account import SMALL, TINY, invent_with_plants
from bench.policy_account import LARGE, MEDIUM, Size
from bench.processes import environment, run

if TYPE_CHECKING:
    from collections.abc import Iterator

_PEERS = (
    ("cloudsplaining", "cloudsplaining==0.9.1", ("small", "medium")),
    ("pmapper", "principalmapper==1.1.5", ("tiny",)),
)
_PEER_RUNS = "bench/over_privilege_peer_runs.py"
_TIMES = 3


@dataclass(frozen=True, slots=True)
class _Subject:
    name: str
    size: Size
    ways: int
    """To administrator, of each of which some are planted."""
    goal: str = ""


_SUBJECTS = (
    _Subject("tiny", TINY, 0),
    _Subject("small", SMALL, 12),
    _Subject("medium", MEDIUM, 12, "under 1.2 s"),
    _Subject("large", LARGE, 12, "under 4 s"),
)


@dataclass(frozen=True, slots=True)
class Cost:
    """The medians of some runs, each in a process of its own, and what the audit found."""

    seconds: float
    megabytes: float
    found: dict[str, int]


def measure_over_privilege(*, with_peers: bool) -> Iterator[Line]:
    """Yield what the audit of four accounts costs and finds, how it grows, and what others cost."""
    with tempfile.TemporaryDirectory() as folder:
        costs: dict[str, Cost] = {}
        for subject in _SUBJECTS:
            file, truth = _invent(subject, Path(folder))
            costs[subject.name] = cost = measure(file, truth)
            yield Line(_who(subject, cost), f"{cost.seconds:.2f} s", subject.goal)
        yield Line("- peak of the process", f"{cost.megabytes:,.0f} MB", "under 300 MB")
        yield from _truths(cost)
        yield _growth("small to large", costs["small"], costs["large"])
        yield _growth("medium to large", costs["medium"], costs["large"])
        for name, requirement, subjects in _PEERS if with_peers else ():
            yield from _beside(Path(folder), name, requirement, {s: costs[s] for s in subjects})


def measure(file: Path, truth: Path | None = None) -> Cost:
    """Return what the audit of a file costs from start to end of a process, and what it found."""
    files = [str(each) for each in (file, truth) if each]
    runs = [run([sys.executable, "-m", "bench.over_privilege_runs", *files]) for _ in range(_TIMES)]
    return Cost(
        statistics.median(each.seconds for each in runs),
        statistics.median(each.megabytes for each in runs),
        json.loads(runs[0].output),
    )


def _invent(subject: _Subject, folder: Path) -> tuple[Path, Path]:
    from rolecall.policy import action_index

    index = action_index()
    names = list(index.names_of(index.everything & ~index.retired))
    account, truth = invent_with_plants(subject.size, names, subject.ways)
    files = folder / f"{subject.name}.json", folder / f"{subject.name}.truth.json"
    for file, content in zip(files, (account, truth), strict=True):
        file.write_text(json.dumps(content))
    return files


def _who(subject: _Subject, cost: Cost) -> str:
    size, statements = subject.size, cost.found["statements"]
    who = f"{size.users + size.roles:,} principals, {statements:,} statements"
    return f"over-privilege, {subject.name}: {who}"


def _truths(cost: Cost) -> Iterator[Line]:
    planted, blocked = cost.found["planted"], cost.found["blocked"]
    found, wrong = f"{cost.found['found']} of {planted}", f"{cost.found['wrong']} of {blocked}"
    yield Line("- planted escalations found", found, "all")
    yield Line("- blocked ones taken for granted", wrong, "none")


def _growth(what: str, less: Cost, more: Cost) -> Line:
    """Return by which power of the number of statements the time grows."""
    ratio = more.found["statements"] / less.found["statements"]
    exponent = math.log(more.seconds / less.seconds) / math.log(ratio)
    return Line(f"- growth, {what}: exponent in statements", f"{exponent:.2f}", "at most 1.3")


def _beside(folder: Path, name: str, requirement: str, costs: dict[str, Cost]) -> Iterator[Line]:
    """Yield what another program takes for the same accounts, as a multiple of ours."""
    try:
        python = environment(f"bench-{name}", [requirement])
    except subprocess.CalledProcessError:
        yield Line(requirement, "not installed", "it cannot be installed here")
        return
    for subject, own in costs.items():
        command = [python, _PEER_RUNS, name, str(folder / f"{subject}.json")]
        try:
            runs = [run(command) for _ in range(_TIMES)]
        except subprocess.CalledProcessError as error:
            yield Line(f"{subject}: {requirement}", "failed", error.stderr.strip()[-60:])
            continue
        seconds = statistics.median(each.seconds for each in runs)
        times = f"{seconds / own.seconds:,.1f} times ours"
        yield Line(f"{subject}: {requirement}", f"{seconds:.2f} s", times)


def main() -> None:
    """Print the figures of one file."""
    parser = argparse.ArgumentParser(prog="python -m bench.over_privilege", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("truth", type=Path, nargs="?")
    options = parser.parse_args()
    cost = measure(options.file, options.truth)
    lines = [
        Line("CPU", f"{cost.seconds:.2f} s"),
        Line("peak of the process", f"{cost.megabytes:,.0f} MB"),
        Line("findings", f"{cost.found['findings']:,}"),
        *(_truths(cost) if options.truth else ()),
    ]
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main()
