"""The process of the embedded AWS with its port and folder; nothing of it outlives the block."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_REPOSITORY = Path(__file__).resolve().parents[2]
_START_SECONDS = 30.0
_STOP_SECONDS = 5.0


class EmulatorError(Exception):
    """The embedded AWS did not start, or has died."""


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """A running embedded AWS."""

    home: Path
    port: int

    @property
    def endpoint(self) -> str:
        """The URL that it answers at."""
        return f"http://127.0.0.1:{self.port}"

    def log_tail(self, lines: int) -> str:
        """Return the end of its log, which holds those of the functions too."""
        text = _log(self.home).read_text("utf-8", "replace")
        return "\n".join(text.splitlines()[-lines:])


@contextlib.contextmanager
def running(management_account: str, account_ids: tuple[str, ...]) -> Iterator[ServerProcess]:
    """Run it; raise EmulatorError, with the end of its log, if it does not start."""
    with tempfile.TemporaryDirectory(prefix="rolecall-aws-") as folder:
        server = ServerProcess(Path(folder), _free_port())
        settings = _settings(server, management_account, account_ids)
        with _started(server, settings) as process:
            _await_port(server, process)
            yield server


@contextlib.contextmanager
def _started(server: ServerProcess, settings: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    with _log(server.home).open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "demo.embedded_aws.server"],
            cwd=_REPOSITORY,
            env={**_clean_environment(), **settings},
            # The server ends when this pipe does: it cannot outlive us, whatever ends us.
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        # The whole group, functions included: nothing of it is worth saving.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(_STOP_SECONDS)
        if process.stdin:
            process.stdin.close()


def _settings(
    server: ServerProcess, management_account: str, account_ids: tuple[str, ...]
) -> dict[str, str]:
    temporary = server.home / "tmp"
    temporary.mkdir()
    return {
        "AUTH": "true",
        "GATEWAY_PORT": str(server.port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_ACCOUNT_ID": management_account,
        "ROLECALL_ACCOUNT_IDS": ",".join(account_ids),
        "ROLECALL_HOME": str(server.home),
        "STATE_DIR": str(server.home / "state"),
        "TMPDIR": str(temporary),
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "DOCKER_HOST": "unix:///nonexistent",
        "LAMBDA_ASYNC_RETRY_BASE_SECONDS": "0.2",
    }


def _await_port(server: ServerProcess, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 1):
            return
        time.sleep(0.05)
    raise EmulatorError(f"The embedded AWS did not start:\n{server.log_tail(40)}")


def _log(home: Path) -> Path:
    return home / "emulator.log"


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _clean_environment() -> dict[str, str]:
    """Keep nothing of the caller's AWS settings: the emulator must never meet the real AWS."""
    return {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
