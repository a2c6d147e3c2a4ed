"""Measure, and print a table of medians: `python -m bench`."""

from __future__ import annotations

import argparse
import sys
from itertools import chain
from pathlib import Path

from bench.events import measure_events
from bench.over_privilege import measure_over_privilege
from bench.policy import measure_policy_engine
from bench.snapshot import measure_snapshots


def main() -> None:
    """Run every measurement and print its median beside its goal."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "--account", type=Path, help="an account's details instead of invented ones"
    )
    parser.add_argument("--report", type=Path, help="the credential report of that account")
    parser.add_argument("--rows", type=Path, help="rows for `rolecall simulate`, to be decided")
    parser.add_argument("--no-peers", action="store_true", help="leave other programs out")
    options = parser.parse_args()
    lines = chain(
        measure_policy_engine(options.account, options.rows, with_peers=not options.no_peers),
        measure_snapshots(options.account, options.report),
        measure_over_privilege(with_peers=not options.no_peers),
        measure_events(),
    )
    for line in lines:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
