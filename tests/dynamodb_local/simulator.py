"""Amazon's DynamoDB Local on loopback; fetched from npm, for its licence forbids passing it on."""

import contextlib
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path

PACKAGE = "amplify-dynamodb-simulator@2.9.30"
SHA256 = "3503ffac19f183407909fecdacf4db51ab1fdad1da7b2f177016670b2d80e4b9"
_REPOSITORY = Path(__file__).resolve().parents[2]
_CACHE = _REPOSITORY / ".cache" / "dynamodb-local"
_START_SECONDS = 60.0
# Quick to start is better than quick to run: the tests take seconds.
_JVM_OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m")


class UnavailableError(Exception):
    """DynamoDB Local cannot run here; the text says why."""


@contextlib.contextmanager
def running() -> Iterator[str]:
    """Run DynamoDB Local, in memory, and give its endpoint.

    Raises `UnavailableError` where Java or the package is missing.
    """
    classes = _prepare()
    emulator = _CACHE / "package" / "emulator"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        _tool("java"),
        *_JVM_OPTIONS,
        f"-Djava.library.path={emulator / 'DynamoDBLocal_lib'}",
        "-cp",
        f"{_class_path(emulator)}{os.pathsep}{classes}",
        "LoopbackDynamoDB",
        *("-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(port)),
    ]
    with (_CACHE / "log.txt").open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - a pinned program, on our own arguments
            command,
            cwd=_CACHE,  # it writes a file where it starts
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _await_port(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()
        process.stdin.close()


def _prepare() -> Path:
    """Fetch the package and compile the launcher, once; return the folder of its class."""
    java, javac = _tool("java"), _tool("javac")
    assert java
    emulator = _CACHE / "package" / "emulator"
    if not (emulator / "DynamoDBLocal.jar").exists():
        _fetch()
    source = Path(__file__).with_name("LoopbackDynamoDB.java")
    classes = _CACHE / f"launcher-{hashlib.sha256(source.read_bytes()).hexdigest()[:12]}"
    if not (classes / "LoopbackDynamoDB.class").exists():
        command = [javac, "-d", str(classes), "-cp", _class_path(emulator), str(source)]
        _run(command, "javac failed")
    return classes


def _fetch() -> None:
    npm = shutil.which("npm", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if npm is None:
        raise UnavailableError("npm is missing: run `make setup`")
    _CACHE.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "PATH": f"{Path(npm).parent}{os.pathsep}{os.environ['PATH']}"}
    command = [npm, "pack", PACKAGE, "--silent", "--pack-destination", str(_CACHE)]
    _run(command, f"{PACKAGE} could not be fetched", environment)
    [archive] = _CACHE.glob("*.tgz")
    if hashlib.sha256(archive.read_bytes()).hexdigest() != SHA256:
        archive.unlink()
        raise UnavailableError(f"{PACKAGE} is not the archive that we know")
    with tarfile.open(archive) as content:
        content.extractall(_CACHE, filter="data")
    archive.unlink()


def _run(command: list[str], complaint: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(  # noqa: S603 - pinned programs, on our own arguments
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise UnavailableError(f"{complaint}: {done.stderr.strip()[-500:]}")


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise UnavailableError(f"{name} is missing: a Java development kit (17 or newer) is needed")
    return path


def _class_path(emulator: Path) -> str:
    return f"{emulator / 'DynamoDBLocal.jar'}{os.pathsep}{emulator / 'DynamoDBLocal_lib' / '*'}"


def _await_port(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise UnavailableError(f"DynamoDB Local did not start, see {_CACHE / 'log.txt'}")
