"""`rolecall audit`: the rules over a live account, with nothing deployed."""

from typing import TYPE_CHECKING, Annotated

import typer

from rolecall.cli.options import (
    ConfigOption,
    FailOn,
    FailOnOption,
    Format,
    FormatOption,
    ProfileOption,
    RegionOption,
    read_config,
)
from rolecall.cli.snapshots import live

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rolecall.model.rule import Check


def complete_check(incomplete: str) -> list[str]:
    """Return the ids of checks that begin like this, for the shell's completion."""
    from rolecall.catalog import CHECKS

    return [check.id for check in CHECKS if check.id.startswith(incomplete)]


CheckOption = Annotated[
    list[str] | None,
    typer.Option(
        "--check",
        metavar="RULE",
        help="Run this check only; may be repeated.",
        autocompletion=complete_check,
        show_default=False,
    ),
]


def audit(  # noqa: PLR0913 - options of a command
    *,
    profile: ProfileOption = None,
    region: RegionOption = None,
    check: CheckOption = None,
    config: ConfigOption = None,
    fail_on: FailOnOption = FailOn.LOW,
    output: FormatOption = Format.TABLE,
) -> int:
    """Judge a live account: with your own credentials, read-only, nothing deployed."""
    from rolecall.cli.audit_report import report

    settings = read_config(config)
    checks = _chosen(check or [])
    account = live(profile, region)
    return report(account, checks, settings, output=output, fail_on=fail_on, are_named=bool(check))


def _chosen(rule_ids: "Sequence[str]") -> "Sequence[Check]":
    """Return the named checks, all of them when none is named."""
    from rolecall.catalog import CHECKS, DETECTIONS
    from rolecall.cli.problems import CommandError, unknown_rule

    by_id = {check.id: check for check in CHECKS}
    for rule_id in rule_ids:
        if rule_id in {detection.id for detection in DETECTIONS}:
            raise CommandError(
                f"{rule_id} judges events, not accounts: use `rolecall replay` on CloudTrail files"
            )
        if rule_id not in by_id:
            raise CommandError(unknown_rule(rule_id, by_id))
    return [by_id[rule_id] for rule_id in dict.fromkeys(rule_ids or by_id)]
