"""Flags of the users in credential reports.

The folder holds credential reports and a `facts.json` that says of each, under its name, when it
was taken (`as_of`) and, of its `users`, which flags somebody expects (`expect`). A flag is a
finding, under the parameters that the flag's name says, or a fact that a finding carries.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from rolecall.catalog import CHECKS
from rolecall.model.account import Account
from rolecall.model.finding import Finding
from rolecall.model.settings import RuleSettings, Settings
from rolecall.model.timestamps import parse_time
from rolecall.services.assemble import assemble
from rolecall.services.audit import judge
from rolecall.services.read_snapshot import Beside, read_snapshot

_DAYS = 90
_SETTINGS = Settings(
    rules={
        "access-key-rotation": RuleSettings(parameters={"max_age_days": _DAYS}),
        "long-lived-user": RuleSettings(parameters={"max_age_days": 365, "people_only": False}),
        "root-used-recently": RuleSettings(parameters={"recent_days": 30}),
        "unused-credentials": RuleSettings(
            parameters={"max_unused_days": _DAYS, "max_never_used_days": _DAYS}
        ),
    }
)
_FLAG_OF_RULE = {
    "console-without-mfa": "console_without_mfa",
    "long-lived-user": "user_over_365d",
    "root-access-key": "root_has_active_key",
    "root-used-recently": "root_used_within_30d",
    "root-without-mfa": "root_without_mfa",
    "two-active-keys": "two_active_keys",
}


Answer: TypeAlias = dict[str, Any]
"""`{"id": "<report>|<user>", "flags": [...]}`."""


def answers(folder: Path) -> Iterator[Answer]:
    """Yield the flags of every user of every report."""
    for name, facts in _facts(folder):
        text = (folder / name).read_text(encoding="utf-8")
        for user, flags in flags_of(text, parse_time(facts["as_of"])).items():
            yield {"id": f"{name}|{user}", "flags": sorted(flags)}


def compare(folder: Path, given: Iterable[Answer]) -> tuple[int, list[str]]:
    """Return how many flags somebody expects to be there or not, and what is otherwise.

    Users of whom it is said that they are `at_limit` of a flag are not compared.
    """
    flags = {answer["id"]: answer["flags"] for answer in given}
    expected = {
        (f"{name}|{user}", flag): bool(is_there)
        for name, facts in _facts(folder)
        for user, known in facts.get("users", {}).items()
        for flag, is_there in known.get("expect", {}).items()
        if not known.get("at_limit")
    }
    return len(expected), [
        f"{name}: {'no ' if is_there else ''}{flag}"
        for (name, flag), is_there in expected.items()
        if (flag in flags.get(name, ())) != is_there
    ]


def _facts(folder: Path) -> list[tuple[str, Answer]]:
    return sorted(json.loads((folder / "facts.json").read_text(encoding="utf-8")).items())


def flags_of(report: str, as_of: datetime) -> Mapping[str, set[str]]:
    """Return the flags of each user of a report, the root user's under `<root_account>`."""
    account = assemble(read_snapshot(report, Beside(as_of=as_of), as_of))
    names = {user.arn: "<root_account>" if user.is_root else user.name for user in account.everyone}
    flags: dict[str, set[str]] = defaultdict(set, {name: set() for name in names.values()})
    for finding in judge(account, CHECKS, _SETTINGS, "acceptance").findings:
        if finding.principal in names:
            flags[names[finding.principal]].update(_flags(finding, account))
    root = account.root
    if root and account.is_older_than(root.created_at, 365):
        # An old account is a fact, not a finding: no rule says it.
        flags[names[root.arn]].add("user_over_365d")
    return flags


def _flags(finding: Finding, account: Account) -> Iterator[str]:
    if finding.rule in _FLAG_OF_RULE:
        yield _FLAG_OF_RULE[finding.rule]
    if finding.rule == "access-key-rotation" and finding.evidence["passed_days"] >= _DAYS:
        yield "key_over_90d"
    if finding.rule == "unused-credentials":
        yield _unused(finding)
    if finding.rule == "root-access-key":
        yield from _root_key(finding, account)


def _unused(finding: Finding) -> str:
    if finding.evidence["credential"] == "console password":
        return "console_idle_over_90d"
    was_used = finding.evidence["use"] == "used"
    return "key_idle_over_90d" if was_used else "key_never_used_over_90d"


def _root_key(finding: Finding, account: Account) -> Iterator[str]:
    """Yield what the finding's facts say: the root user's keys are to go, whatever their age."""
    used_at = finding.evidence["last_used_at"]
    if account.is_older_than(parse_time(finding.evidence["created_at"]), _DAYS):
        yield "key_over_90d"
        if used_at is None:
            yield "key_never_used_over_90d"
    if used_at and account.is_older_than(parse_time(used_at), _DAYS):
        yield "key_idle_over_90d"
