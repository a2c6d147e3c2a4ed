"""Findings of the table, the worst first."""

from collections.abc import Iterable, Iterator, Sequence
from heapq import nsmallest
from itertools import islice

from rolecall.catalog import RULES
from rolecall.cli.finding_list import ACCOUNT, RULE, Column, Row, print_findings, tally
from rolecall.cli.options import Format
from rolecall.cli.problems import unknown_rule
from rolecall.cli.terminal import console
from rolecall.model.finding import Finding, Status
from rolecall.model.timestamps import format_day
from rolecall.services.ports import FindingQuery, FindingSearch

_TABLE_LIMIT = 100
_SINCE = Column("SINCE", len("2026-11-23"), prefix="since ")
_STATUS = Column("STATUS", max(len(status) for status in Status))
_ID = Column("ID", 37)


def warn_of_unknown_rule(rule_id: str | None) -> None:
    """Say that a rule is not known here; a newer or older deployment may know it."""
    if rule_id and rule_id not in (ids := [rule.id for rule in RULES]):
        console(stderr=True).print(f"rolecall: {unknown_rule(rule_id, ids)}")


def print_found(
    findings: FindingSearch, query: FindingQuery, limit: int | None, output: Format
) -> None:
    """Print what the query finds and say when there is more of it than the limit."""
    if limit is None and output is Format.TABLE:
        limit = _TABLE_LIMIT
    found = _first(findings.search(query), query, limit)
    status = () if query.status else (_STATUS,)
    columns = (RULE, ACCOUNT, _SINCE, *status, _ID)
    counts = print_findings((_row(each, columns) for each in found), columns, output)
    to = console(stderr=output is not Format.TABLE)
    if counts and output is Format.TABLE:
        to.print()
    to.print(f"{tally(counts)}.")
    if counts.total() == limit:
        to.print("There may be more: raise --limit, or ask for less.")


def _first(found: Iterator[Finding], query: FindingQuery, limit: int | None) -> Iterable[Finding]:
    """Return the worst and newest, so many of them; without a limit all, as they come."""
    if limit is None:
        return found
    if query.status is Status.OPEN and not _names_something(query):
        # They come the worst first: of a large organization not everything must be read.
        return islice(found, limit)
    return nsmallest(limit, found, key=_rank)


def _names_something(query: FindingQuery) -> bool:
    return bool(query.account_id or query.resource or query.principal or query.rule)


def _rank(finding: Finding) -> tuple[int, float, str]:
    return -finding.severity, -finding.changed_at.timestamp(), finding.id


def _row(finding: Finding, columns: Sequence[Column]) -> Row:
    facts = {
        RULE: finding.rule,
        ACCOUNT: finding.account_id,
        _SINCE: format_day(finding.first_seen_at),
        _STATUS: finding.status.value,
        _ID: finding.id,
    }
    return Row(finding, tuple(facts[column] for column in columns))
