"""Whether somebody can escalate in an account.

The folder holds `privesc.jsonl`, one question a line: the `actor` and its account (`gaad`, an
object or a file of the folder's `gaad/`), with `scp`, the levels of the organization's policies.
Without an account the `policy` is judged alone, in one where every path leads somewhere. Flagged
is who has a finding of an escalation, or of being an administrator, that nothing blocks.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeAlias

from rolecall.catalog import CHECKS
from rolecall.model.account import Account
from rolecall.model.finding import Finding
from rolecall.model.organization import Guardrails
from rolecall.model.settings import Settings
from rolecall.policy import Policy
from rolecall.services.assemble import assemble
from rolecall.services.judge import judge
from rolecall.services.read_snapshot import Beside, read_snapshot
from tools.acceptance.reference_account import ACTOR, account_of

Answer: TypeAlias = dict[str, Any]
"""`{"id", "flagged", "principals", "severity"}`."""

ESCALATIONS = frozenset(
    {
        "administrator-access",
        "commands-on-strong-instances",
        "escalation-over-several-hops",
        "identity-center-escalation",
        "privilege-escalation",
        "removable-boundary",
        "stack-with-strong-role",
    }
)
_CHECKS = tuple(check for check in CHECKS if check.id in ESCALATIONS)


def answers(folder: Path) -> Iterator[Answer]:
    """Yield the answer to every question of the folder."""
    for row in rows(folder / "privesc.jsonl"):
        account, actors = _question(row, folder)
        found = [each for each in findings_of(account) if each.principal in actors]
        yield {
            "id": row["id"],
            "flagged": bool(found),
            "principals": sorted({each.principal for each in found if each.principal}),
            "severity": max((each.severity for each in found), default=0),
        }


def compare(folder: Path, given: Iterable[Answer]) -> tuple[int, list[str]]:
    """Return how many questions have a certain answer, and which were answered otherwise."""
    flagged = {answer["id"]: answer["flagged"] for answer in given}
    known = [row for row in rows(folder / "privesc.jsonl") if isinstance(row["expected"], bool)]
    misses = [
        f"{row['id']} ({row['strength']}): {'missed' if row['expected'] else 'false alarm'}"
        for row in known
        if flagged.get(row["id"]) != row["expected"]
    ]
    return len(known), misses


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file that has one in each line."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def findings_of(account: Account) -> Iterator[Finding]:
    """Yield what the audit finds of escalation and nothing blocks."""
    for finding in judge(account, _CHECKS, Settings(), "acceptance").findings:
        if finding.verdict != "blocked":
            yield finding


def read(details: Mapping[str, Any]) -> Account:
    """Return the account that an answer of GetAccountAuthorizationDetails describes."""
    now = datetime.now(UTC)
    return assemble(read_snapshot(json.dumps(details), Beside(), now))


def _question(row: Mapping[str, Any], folder: Path) -> tuple[Account, frozenset[str]]:
    details = row["gaad"]
    if details is None:
        policies = row["policy"] if isinstance(row["policy"], list) else [row["policy"]]
        return read(account_of(policies)), frozenset({ACTOR})
    if isinstance(details, str):
        details = json.loads((folder / details).read_text(encoding="utf-8"))
    account = read(details)
    if row["scp"]:
        levels = tuple(
            tuple(Policy.parse(each, name=level["target"]) for each in level["policies"])
            for level in row["scp"]
        )
        account = replace(account, guardrails=Guardrails(scps=levels))
    return account, frozenset({row["actor"], *row.get("accept_principals", ())})
