"""`rolecall replay FILE...`: the findings that recorded events would raise."""

from typing import Annotated

import typer

from rolecall.cli.options import (
    ConfigOption,
    FailOn,
    FailOnOption,
    Format,
    FormatOption,
    read_config,
)


def replay(  # noqa: PLR0913 - options of a command
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILE",
            help="CloudTrail records: JSON lines, arrays, CloudTrail's log files, EventBridge"
            " events, gzipped or not; - is standard input.",
            show_default=False,
        ),
    ],
    *,
    config: ConfigOption = None,
    every: Annotated[
        bool, typer.Option("--all", help="Print every event, with or without findings.")
    ] = False,
    summary: Annotated[
        bool,
        typer.Option(
            "--summary",
            help="Print for each rule how often it fired, by whom most, and the exception that"
            " would silence them; a table of findings ends with it by itself.",
        ),
    ] = False,
    fail_on: FailOnOption = FailOn.LOW,
    output: FormatOption = Format.TABLE,
) -> int:
    """Judge recorded CloudTrail events, as if they happened now."""
    from rolecall import command_parts
    from rolecall.cli.recorded_events import recorded_events
    from rolecall.cli.replay_report import ReplayReport

    use_case = command_parts.replay(read_config(config))
    report = ReplayReport(use_case.run(recorded_events(files)), output)
    if summary:
        report.print_rules()
    elif every:
        report.print_events()
    else:
        report.print_findings()
    report.print_summary()
    return report.exit_code(fail_on)
