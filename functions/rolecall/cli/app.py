"""The commands and where they are; each is imported when it runs, so that help comes at once."""

from typing import Annotated

import typer

from rolecall.cli import (
    audit,
    can,
    coverage,
    explain,
    findings,
    keys,
    migrate,
    paths,
    principal,
    principals,
    replay,
    rules,
    simulate,
    snapshot,
    suppress,
    timeline,
    trust,
)

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
app.command("audit")(audit.audit)
app.command("snapshot")(snapshot.snapshot)
app.command("migrate")(migrate.migrate)
app.command("replay")(replay.replay)
findings.app.command("suppress")(suppress.suppress_finding)
findings.app.command("unsuppress")(suppress.unsuppress_finding)
app.add_typer(findings.app, name="findings")
app.add_typer(keys.app, name="keys")
app.command("coverage")(coverage.coverage)
app.command("explain")(explain.explain)
app.command("rules")(rules.rules)
app.command("principal")(principal.principal)
app.command("principals")(principals.principals)
app.command("timeline")(timeline.timeline)
app.command("paths")(paths.paths)
app.command("trust")(trust.trust)
app.command("can")(can.can)
app.command("who-can")(can.who_can)
app.command("simulate")(simulate.simulate)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - the signature of a callback
    if wanted:
        from importlib.metadata import version

        typer.echo(f"rolecall {version('rolecall')}")
        raise typer.Exit


@app.callback()
def rolecall(
    *,
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version and exit."
        ),
    ] = False,
) -> None:
    """Take the roll of every key, user, role and permission in AWS.

    Exit codes: 0 clean, 1 findings at or above --fail-on, 2 could not be done.
    """
