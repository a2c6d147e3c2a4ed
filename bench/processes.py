"""Programs as processes of their own, with what they cost; and environments that have others'."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).parents[1]
_CACHE = ROOT / ".cache"
_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a program printed, and what it took from its start to its end."""

    output: str
    seconds: float
    """Of CPU time, in user and system."""
    megabytes: float
    """At its peak."""


def run(command: Sequence[str]) -> Ran:
    """Run a program from the root of the repository, which can import our code.

    It finds bytecode of an earlier run, as a program that is installed does. Raises
    CalledProcessError when it fails.
    """
    variables = {name: value for name, value in os.environ.items() if name != _NO_BYTECODE}
    variables["PYTHONPATH"] = f"{ROOT}{os.pathsep}{ROOT / 'functions'}"
    variables["PYTHONPYCACHEPREFIX"] = str(_CACHE / "bytecode")
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            command, stdout=output, stderr=errors, cwd=ROOT, env=variables
        )
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        texts = [stream.seek(0) or stream.read() for stream in (output, errors)]
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, *texts)
    # The kernel counts in kilobytes, but that of macOS in bytes.
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Ran(texts[0], used.ru_utime + used.ru_stime, used.ru_maxrss / unit)


def environment(name: str, requirements: Sequence[str]) -> str:
    """Return the interpreter of an environment that has others' programs, made when missing.

    Raises CalledProcessError where they cannot be installed.
    """
    home = _CACHE / name
    python, ready = str(home / "bin/python"), home / "installed"
    if not ready.exists() or ready.read_text().split() != list(requirements):
        venv.create(home, with_pip=True, clear=True)
        run([python, "-m", "pip", "install", "-q", *requirements])
        ready.write_text("\n".join(requirements))
    return python
