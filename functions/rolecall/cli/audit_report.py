"""What an audit found, what it read, and what it could not see."""

from collections.abc import Iterator, Sequence

from rolecall.cli.exit_codes import CLEAN, FOUND
from rolecall.cli.finding_list import RULE, Row, counted, print_findings, tally
from rolecall.cli.options import FailOn, Format
from rolecall.cli.problems import CommandError
from rolecall.cli.terminal import console, print_facts
from rolecall.model.account import Account
from rolecall.model.rule import Check
from rolecall.model.settings import Settings
from rolecall.services.audit import Judgement, judge

_SOURCE = "rolecall audit"


def report(  # noqa: PLR0913 - what the options say
    account: Account,
    checks: Sequence[Check],
    settings: Settings,
    *,
    output: Format,
    fail_on: FailOn,
    are_named: bool,
) -> int:
    """Judge the snapshot, print findings and coverage, and return the exit code.

    Raises CommandError when nothing of the account could be read, or a check that was asked for
    by name could not be run: then no answer is no good news.
    """
    for gap in account.gaps:
        if gap.is_total:
            raise CommandError(
                f"nothing of account {account.id} could be read: {gap.call}: {gap.error}"
            )
    judgement = judge(account, checks, settings, _SOURCE)
    ranked = sorted(judgement.findings, key=lambda each: (-each.severity, each.rule, each.summary))
    counts = print_findings((Row(each, (each.rule,)) for each in ranked), [RULE], output)
    to = console(stderr=output is not Format.TABLE)
    if ranked and output is Format.TABLE:
        to.print()
    to.print(f"{tally(counts)}.")
    to.print()
    print_facts(to, _coverage(judgement, checks, settings), name_style="bold")
    if are_named and judgement.not_judged:
        raise CommandError(f"not judged for lack of data: {', '.join(judgement.not_judged)}")
    return FOUND if any(map(fail_on.is_reached_by, counts)) else CLEAN


def _coverage(
    judgement: Judgement, checks: Sequence[Check], settings: Settings
) -> Iterator[tuple[str, str]]:
    account = judgement.account
    principals = (
        f"{counted(len(account.users), 'user')}, {counted(len(account.groups), 'group')},"
        f" {counted(len(account.roles), 'role')}"
    )
    yield "Read", f"account {account.id}: {principals}"
    for gap in account.gaps:
        yield "Not read", f"{gap.part}: {gap.call}: {gap.error}"
    if judgement.not_judged:
        yield "Not judged", ", ".join(judgement.not_judged)
    off = [check.id for check in checks if not settings.of(check).enabled]
    if off:
        yield "Switched off", ", ".join(off)
    if judgement.findings:
        yield "Read more", "rolecall explain RULE"
