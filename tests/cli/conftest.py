"""The command line, run in process as a shell would run it."""

from dataclasses import dataclass

import pytest

from rolecall.cli import main
from tests.adapters.conftest import _credentials_of_nobody, aws  # noqa: F401 - fixtures


@dataclass(frozen=True)
class Ran:
    """What a shell sees of a program that ran."""

    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def _piped(monkeypatch):
    """Make the output one that is piped, whatever terminal the tests are run from."""
    for name in (
        "COLUMNS",
        "FORCE_COLOR",
        "TTY_COMPATIBLE",
        "ROLECALL_FINDINGS_TABLE",
        "ROLECALL_PRINCIPALS_TABLE",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run(capsys):
    """Return a function that runs a command line as a shell would."""

    def run(*arguments):
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture
def terminal(monkeypatch):
    """Return a function that makes the output a terminal of that many columns."""

    def resize(columns):
        monkeypatch.setenv("TTY_COMPATIBLE", "1")
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.setenv("COLUMNS", str(columns))
        monkeypatch.delenv("NO_COLOR", raising=False)

    return resize
