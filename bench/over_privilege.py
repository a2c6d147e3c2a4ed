"""Measure the over-privilege audit of an account: `python -m bench.over_privilege FILE [TRUTH]`.

FILE is an answer of get-account-authorization-details. TRUTH says of some of its principals, by
`arn`, that they escalate (`positive`) or that something blocks them (`negative`).
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rolecall.catalog import CHECKS
from rolecall.cli.snapshot_files import BesideFiles, read_account
from rolecall.model.settings import Settings
from rolecall.services.judge import judge

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rolecall.model.finding import Finding

_AUDIT = "over-privilege"
_ESCALATIONS = (
    "administrator-access",
    "commands-on-strong-instances",
    "escalation-over-several-hops",
    "identity-center-escalation",
    "privilege-escalation",
    "removable-boundary",
    "stack-with-strong-role",
)


def measure_over_privilege(file: str, truth: Path | None = None) -> Iterator[str]:
    """Yield what the whole audit costs, from the file to the findings, and what it found."""
    # As the command line does: the snapshot lives until the end, and is no garbage.
    gc.disable()
    account = read_account(file, BesideFiles().read(), datetime.now(UTC))
    checks = [check for check in CHECKS if _AUDIT in check.audits]
    findings = judge(account, checks, Settings(), "bench").findings
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    yield f"CPU {time.process_time():.2f} s, peak {peak:.0f} MB, {len(findings):,} findings"
    if truth:
        yield from _compared(findings, truth)


def _compared(findings: Iterable[Finding], truth: Path) -> Iterator[str]:
    verdicts: dict[str | None, set[str | None]] = defaultdict(set)
    for finding in findings:
        if finding.rule in _ESCALATIONS:
            verdicts[finding.principal].add(finding.verdict)
    planted = json.loads(truth.read_text(encoding="utf-8"))
    found = [each for each in planted["positive"] if verdicts[each["arn"]] - {"blocked"}]
    wrong = [each for each in planted["negative"] if verdicts[each["arn"]] & {"granted", None}]
    yield f"{len(found)} of {len(planted['positive'])} planted escalations found"
    yield f"{len(wrong)} of {len(planted['negative'])} blocked ones taken for granted"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.over_privilege", description=__doc__)
    parser.add_argument("file")
    parser.add_argument("truth", type=Path, nargs="?")
    options = parser.parse_args()
    for line in measure_over_privilege(options.file, options.truth):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
