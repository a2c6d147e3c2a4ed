"""Whether a managed policy of AWS lets its holder escalate.

The folder holds `managed_policies.jsonl`, one policy a line. Each is given to a user of an account
where every path leads somewhere.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.acceptance.privesc import Answer, findings_of, read, rows
from tools.acceptance.reference_account import ACTOR, account_of


def answers(folder: Path) -> Iterator[Answer]:
    """Yield for every policy whether its holder has a finding of escalation."""
    for row in rows(folder / "managed_policies.jsonl"):
        account = read(account_of([row["document"]]))
        found = [each for each in findings_of(account) if each.principal == ACTOR]
        yield {"name": row["name"], "privesc": bool(found)}


def compare(folder: Path, given: Iterable[Answer]) -> tuple[int, list[str]]:
    """Return how many policies have a certain answer, and which were answered otherwise.

    Certain are those that allow all of a known path on everything, and those that allow no part
    of any.
    """
    flagged = {answer["name"]: answer["privesc"] for answer in given}
    checked, misses = 0, []
    for row in rows(folder / "managed_policies.jsonl"):
        known = row.get("pathfinding") or {"action_overlap": ["unknown"]}
        if known.get("unconditional_any_resource"):
            checked += 1
            misses += [f"{row['name']}: missed"] if not flagged.get(row["name"]) else []
        elif not known["action_overlap"]:
            checked += 1
            misses += [f"{row['name']}: false alarm"] if flagged.get(row["name"]) else []
    return checked, misses
