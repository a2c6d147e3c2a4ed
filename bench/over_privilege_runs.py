"""One run of the over-privilege audit, from the file to the findings: prints JSON.

`python -m bench.over_privilege_runs FILE [TRUTH]`.
"""

from __future__ import annotations

import gc
import json
import sys
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from rolecall.catalog import CHECKS
from rolecall.cli.snapshot_files import BesideFiles, read_account
from rolecall.model.settings import Settings
from rolecall.services.judge import judge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolecall.model.account import Account
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


def audit(file: str, truth: Path | None = None) -> dict[str, int]:
    """Judge the account of a file, and count what was found, as far as the truth is known."""
    account = read_account(file, BesideFiles().read(), datetime.now(UTC))
    checks = [check for check in CHECKS if _AUDIT in check.audits]
    findings = judge(account, checks, Settings(), "bench").findings
    counts = {"findings": len(findings), "statements": _statements(account)}
    return counts | (_compared(findings, truth) if truth else {})


def _statements(account: Account) -> int:
    """Count the statements of all documents, each as often as it is written."""
    holders = (*account.users, *account.groups, *account.roles)
    held = {id(each.policy): each.policy for holder in holders for each in holder.policies}
    own = {id(each.policy): each.policy for each in account.managed_policies}
    trust = {id(role.trust): role.trust for role in account.roles}
    return sum(len(policy.statements) for policy in (held | own | trust).values())


def _compared(findings: Iterable[Finding], truth: Path) -> dict[str, int]:
    verdicts: dict[str | None, set[str | None]] = defaultdict(set)
    for finding in findings:
        if finding.rule in _ESCALATIONS:
            verdicts[finding.principal].add(finding.verdict)
    planted = json.loads(truth.read_text(encoding="utf-8"))
    found = [each for each in planted["positive"] if verdicts[each["arn"]] - {"blocked"}]
    wrong = [each for each in planted["negative"] if verdicts[each["arn"]] & {"granted", None}]
    return {
        "planted": len(planted["positive"]),
        "found": len(found),
        "blocked": len(planted["negative"]),
        "wrong": len(wrong),
    }


if __name__ == "__main__":
    # As the command line does: the snapshot lives until the end, and is no garbage.
    gc.disable()
    sys.stdout.write(json.dumps(audit(sys.argv[1], *map(Path, sys.argv[2:]))))
