"""What an audit found, what it read, and what it could not see."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from rolecall.cli.exit_codes import CLEAN, FOUND
from rolecall.cli.finding_list import RULE, Row, counted, print_findings, tally
from rolecall.cli.options import FailOn, Format
from rolecall.cli.problems import CommandError
from rolecall.cli.terminal import console, print_facts
from rolecall.model.account import Account
from rolecall.model.finding import Finding
from rolecall.model.rule import Check
from rolecall.model.settings import Settings
from rolecall.services.audit import judge
from rolecall.services.join import join

Subject: TypeAlias = tuple[str, Account | CommandError]
"""A file as it was given, empty for the live account, with its account or what is wrong with it."""

_SOURCE = "rolecall audit"


@dataclass(frozen=True, slots=True)
class Reporting:
    """What the options say about judging and telling."""

    checks: Sequence[Check]
    settings: Settings
    output: Format
    fail_on: FailOn
    are_named: bool
    """Whether somebody asked for these very checks."""
    are_apart: bool = False
    """Whether each account is judged as if it were the only one."""


@dataclass(slots=True)
class _Outcome:
    """What is kept of the accounts, one after the other."""

    findings: list[Finding] = field(default_factory=list)
    facts: list[tuple[str, str]] = field(default_factory=list)
    not_judged: dict[str, None] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    joined: int = 0
    """How many accounts were judged together."""

    @property
    def open(self) -> list[Finding]:
        """The findings that no exception suppresses."""
        return [finding for finding in self.findings if finding.is_open]


def report(subjects: Iterable[Subject], reporting: Reporting) -> int:
    """Judge the snapshots, print findings and coverage, and return the exit code.

    Each comes with the file that it is from, if any. Raises CommandError, when all the others are
    told, for what could not be read, and when a check that was asked for by name could not be
    run: then no answer is no good news.
    """
    outcome = _outcome(subjects, reporting)
    if outcome.problems and not outcome.facts:
        raise CommandError("; ".join(outcome.problems))
    output = reporting.output
    shown = outcome.open if output is Format.TABLE else outcome.findings
    ranked = sorted(shown, key=lambda each: (-each.severity, each.rule, each.summary))
    print_findings((Row(each, (each.rule,)) for each in ranked), [RULE], output)
    counts = Counter(each.severity for each in outcome.open)
    to = console(stderr=output is not Format.TABLE)
    if ranked and output is Format.TABLE:
        to.print()
    to.print(f"{tally(counts)}.")
    to.print()
    print_facts(to, _coverage(outcome, reporting), name_style="bold")
    if reporting.are_named and outcome.not_judged:
        outcome.problems.append(f"not judged for lack of data: {', '.join(outcome.not_judged)}")
    if outcome.problems:
        raise CommandError("; ".join(outcome.problems))
    return FOUND if any(map(reporting.fail_on.is_reached_by, counts)) else CLEAN


def _outcome(subjects: Iterable[Subject], reporting: Reporting) -> _Outcome:
    outcome = _Outcome()
    for file, account in subjects if reporting.are_apart else _joined(subjects):
        if isinstance(account, CommandError):
            outcome.problems.append(str(account))
        elif total := next((gap for gap in account.gaps if gap.is_total), None):
            of = f"{file}: nothing of account" if file else "nothing of account"
            outcome.problems.append(f"{of} {account.id} could be read: {total.call}: {total.error}")
        else:
            _judge(account, file, outcome, reporting)
    return outcome


def _joined(subjects: Iterable[Subject]) -> Iterator[Subject]:
    """Yield the subjects when all of them are read, the accounts as neighbours of one another."""
    listed = list(subjects)
    accounts = iter(join(each for _, each in listed if isinstance(each, Account)))
    for file, subject in listed:
        yield file, subject if isinstance(subject, CommandError) else next(accounts)


def _judge(account: Account, file: str, outcome: _Outcome, reporting: Reporting) -> None:
    judgement = judge(account, reporting.checks, reporting.settings, _SOURCE, file)
    outcome.findings += judgement.findings
    outcome.not_judged.update(dict.fromkeys(judgement.not_judged))
    outcome.facts += _facts(judgement.account, file)
    outcome.joined += account.neighbourhood is not None


def _facts(account: Account, file: str) -> Iterator[tuple[str, str]]:
    principals = (
        f"{counted(len(account.users), 'user')}, {counted(len(account.groups), 'group')},"
        f" {counted(len(account.roles), 'role')}"
    )
    of = f"{file}: " if file else ""
    yield "Read", f"{of}account {account.id}: {principals}"
    for gap in account.gaps:
        yield "Not read", f"{of}{gap.part}: {gap.call}: {gap.error}"


def _coverage(outcome: _Outcome, reporting: Reporting) -> Iterator[tuple[str, str]]:
    yield from outcome.facts
    if outcome.joined:
        yield "Together", f"{outcome.joined} accounts: what leads from one into another is seen"
    if outcome.not_judged:
        yield "Not judged", ", ".join(outcome.not_judged)
    off = [check.id for check in reporting.checks if not reporting.settings.of(check).enabled]
    if off:
        yield "Switched off", ", ".join(off)
    hidden = Counter(each.exception.owner for each in outcome.findings if each.exception)
    for owner, count in sorted(hidden.items()):
        yield "Suppressed", f"{counted(count, 'finding')} by exceptions of {owner}"
    if outcome.findings:
        yield "Read more", "rolecall explain RULE"
