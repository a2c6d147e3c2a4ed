"""How far the accounts were seen, in a terminal or as JSON."""

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rolecall.cli.documents import print_documents
from rolecall.cli.finding_list import counted
from rolecall.cli.options import Format
from rolecall.cli.terminal import console, print_facts, print_grid, print_heading
from rolecall.model.completeness import Completeness
from rolecall.model.coverage import AccountCoverage
from rolecall.model.evidence import Json
from rolecall.model.plain_text import harmless
from rolecall.model.timestamps import format_time
from rolecall.services.survey import Seen


def print_coverage(seen: Iterable[Seen], account_id: str | None, output: Format) -> None:
    """Print what is not complete, everything about one account, or all of it as JSON."""
    if output is not Format.TABLE:
        print_documents(map(coverage_document, seen), output)
        return
    all_seen, to = list(seen), console()
    if account_id:
        for each in all_seen:
            _print_parts(to, each)
        return
    incomplete = [each for each in all_seen if not each.is_complete]
    if incomplete:
        print_grid(to, _table(incomplete))
        to.print()
    accounts = {each.account.id for each in all_seen}
    complete = accounts - {each.account.id for each in incomplete}
    to.print(
        f"{counted(len(accounts), 'account')}, {len(complete):,} of them read completely by every"
        " audit."
        if accounts
        else "No run has listed the accounts yet."
    )


def coverage_document(seen: Seen) -> dict[str, Json]:
    """Write the word of an audit on an account as JSON; docs/command-line.md describes it."""
    word = seen.word
    return {
        "account_id": seen.account.id,
        "account_name": seen.account.name,
        "ou_path": seen.account.ou_path,
        "audit": seen.audit,
        "state": seen.state,
        "at": format_time(word.at) if word else None,
        "run": word.run if word else None,
        "gaps": [f"{gap.part}: {gap.call}: {gap.error}" for gap in word.gaps] if word else [],
        "not_judged": list(word.not_judged) if word else [],
        "parts": {name: _part(each) for name, each in word.parts.items()} if word else {},
    }


def _part(part: Completeness) -> dict[str, Json]:
    return {
        "state": part.state.value,
        "reason": part.reason,
        "call": part.call,
        "read_at": format_time(part.read_at) if part.read_at else None,
    }


def _table(seen: Sequence[Seen]) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), pad_edge=False)
    headings = ("ACCOUNT", "AUDIT", "STATE", "LAST WORD", "WHY")
    for heading in headings:
        grid.add_column(no_wrap=heading != "WHY")
    grid.add_row(*(Text(heading, style="bold") for heading in headings))
    for each in seen:
        at = format_time(each.word.at) if each.word else "never"
        why = "; ".join(_reasons(each))
        cells = (each.account.id, each.audit, each.state, at, harmless(why))
        grid.add_row(*map(Text, cells))
    return grid


def _reasons(seen: Seen) -> Iterator[str]:
    for gap in seen.word.gaps if seen.word else ():
        yield f"{gap.part}: {gap.call}: {gap.error}"


def _print_parts(to: Console, seen: Seen) -> None:
    print_heading(to, f"{seen.audit}: {seen.state}")
    if seen.word:
        print_facts(to, ((f"  {name}", fact) for name, fact in _facts(seen.word)))


def _facts(word: AccountCoverage) -> Iterator[tuple[str, str]]:
    yield "last word", f"{format_time(word.at)} of run {word.run}"
    for name, part in word.parts.items():
        read = f"last read {format_time(part.read_at)}" if part.read_at else "never read"
        why = f" ({part.call}: {part.reason})" if part.reason else ""
        yield name, f"{part.state.value}, {read}{why}"
    if word.not_judged:
        yield "not judged", ", ".join(word.not_judged)
