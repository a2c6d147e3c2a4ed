"""From the words of a command line to an exit code, with a sentence for everything that fails."""

import os
import sys
from collections.abc import Sequence

import typer

from rolecall.cli.app import app
from rolecall.cli.exit_codes import BROKEN_PIPE, CLEAN, FAILED, INTERRUPTED
from rolecall.cli.problems import CommandError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 clean, 1 findings, 2 it could not be done."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # an odd name must not end the report
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit) as end:
        # Typer and Rich exit when nobody reads their output any more.
        if not isinstance(end, BrokenPipeError) and not isinstance(
            end.__context__, BrokenPipeError
        ):
            raise  # the shell's completion ends like this
        _forget_output()
        return BROKEN_PIPE
    if code == INTERRUPTED:
        _tell("interrupted; what was not printed yet is lost")
    return code


def _run(arguments: Sequence[str] | None) -> int:
    try:
        return app(arguments, prog_name="rolecall", standalone_mode=False) or CLEAN
    except typer.TyperException as error:
        _tell_misuse(error)
    except CommandError as error:
        _tell(str(error))
    except Exception as error:
        if os.environ.get("ROLECALL_TRACEBACK"):
            raise
        _tell(
            f"this should not have happened ({type(error).__name__}: {error}): please report it"
            " with what ROLECALL_TRACEBACK=1 shows"
        )
    return FAILED


def _tell_misuse(error: typer.TyperException) -> None:
    """Say what is wrong with the command line, and where it is explained."""
    command = getattr(getattr(error, "ctx", None), "command_path", "rolecall")
    message = error.format_message().replace("Value error, ", "")
    if message:  # empty when the help was printed instead
        sentence = " ".join(message.removesuffix(".").split())
        _tell(f"{sentence[:1].lower()}{sentence[1:]} (see `{command} --help`)")


def _tell(sentence: str) -> None:
    sys.stderr.write(f"rolecall: {sentence}\n")


def _forget_output() -> None:
    """Have Python's last flush at exit go nowhere, for it would complain about the pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
