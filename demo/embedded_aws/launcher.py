"""Start and stop the embedded AWS, and talk to it: clients, clock, last uses, mails."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import boto3
from botocore.config import Config

REPOSITORY = Path(__file__).resolve().parents[2]
_START_SECONDS = 30.0
_STOP_SECONDS = 5.0
_CONFIG = Config(retries={"total_max_attempts": 1}, read_timeout=60, max_pool_connections=20)


class EmulatorError(Exception):
    """The embedded AWS did not start, or has died."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What signs a call: of an IAM user without a token, of a role's session with one."""

    access_key_id: str
    secret_access_key: str = field(repr=False)
    session_token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class LastUse:
    """The last use of what has one; roles and passwords have no service."""

    kind: Literal["key", "password", "role"]
    at: datetime
    service: str = "s3"
    region: str = "us-east-1"


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail that SNS delivered to a subscriber."""

    to: str
    subject: str
    text: str
    at: datetime
    attributes: dict[str, str]


class EmbeddedAWS:
    """A whole AWS on a loopback port, with IAM enforced, for the length of a `with` block."""

    def __init__(
        self, management_account: str = "111122223333", account_ids: tuple[str, ...] = ()
    ) -> None:
        """Prepare, without starting; `account_ids` are given to the accounts created, in turn."""
        self.management_account = management_account
        self._account_ids = account_ids
        self._exit = contextlib.ExitStack()
        self._process: subprocess.Popen[bytes] | None = None
        self._clients: dict[tuple[str, ...], Any] = {}
        self.endpoint = ""
        self.home = Path()

    def __enter__(self) -> Self:
        """Start the process and wait until it answers."""
        with contextlib.ExitStack() as on_failure:
            folder = on_failure.enter_context(tempfile.TemporaryDirectory(prefix="rolecall-aws-"))
            self.home = Path(folder)
            port = _free_port()
            self.endpoint = f"http://127.0.0.1:{port}"
            self._process = self._start(port)
            on_failure.callback(self._stop, self._process)
            self._await_answer(self._process)
            self._exit = on_failure.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop everything and remove its files."""
        self._exit.__exit__(kind, error, trace)

    def client(
        self,
        service: str,
        account: str | None = None,
        credentials: Credentials | None = None,
        region: str = "us-east-1",
    ) -> Any:  # noqa: ANN401 - boto3's clients are made at run time
        """Return a boto3 client that acts with the credentials, else as the root of the account."""
        signed = credentials or Credentials(account or self.management_account, "test")
        key = (service, signed.access_key_id, region)
        if key not in self._clients:
            # The types of the installed stubs know no service by a mere string.
            make: Any = boto3.session.Session().client
            self._clients[key] = make(
                service,
                endpoint_url=self.endpoint,
                region_name=region,
                aws_access_key_id=signed.access_key_id,
                aws_secret_access_key=signed.secret_access_key,
                aws_session_token=signed.session_token,
                config=_CONFIG,
            )
        return self._clients[key]

    def environment(self, credentials: Credentials, region: str = "us-east-1") -> dict[str, str]:
        """Return the environment variables that lead a command to this AWS and nowhere else."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_ACCESS_KEY_ID": credentials.access_key_id,
            "AWS_SECRET_ACCESS_KEY": credentials.secret_access_key,
            **({"AWS_SESSION_TOKEN": t} if (t := credentials.session_token) else {}),
            "AWS_REGION": region,
            "AWS_DEFAULT_REGION": region,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    @contextlib.contextmanager
    def clock(self, now: datetime) -> Iterator[None]:
        """Let IAM write `now` into what is made in the block."""
        self._control("clock", {"now": _text(now)})
        try:
            yield
        finally:
            self._control("clock", {"now": None})

    def last_used(self, account: str, name: str, use: LastUse) -> None:
        """State when an access key (by id), a user's password or a role (by name) was last used."""
        fact = {"kind": use.kind, "service": use.service, "region": use.region}
        self._control("last-used", {"account": account, "name": name, "at": _text(use.at), **fact})

    def deliver(self, record: dict[str, Any]) -> None:
        """Put a CloudTrail record on the bus of the account and region that it names."""
        self._control("deliver", {"record": record})

    def mails(self) -> list[Mail]:
        """Return all e-mails that SNS has delivered, oldest first."""
        return [
            Mail(**{**mail, "at": datetime.fromisoformat(mail["at"])})
            for mail in self._control("mails", {})
        ]

    def records(self) -> list[dict[str, Any]]:
        """Return the last CloudTrail records of all accounts, oldest first."""
        found: list[dict[str, Any]] = self._control("records", {})
        return found

    def log_tail(self, lines: int = 40) -> str:
        """Return the end of the log of the emulator, which holds those of the functions too."""
        path = self.home / "emulator.log"
        text = path.read_text("utf-8", "replace") if path.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def _control(self, route: str, content: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        url = f"{self.endpoint}/_rolecall/{route}"
        request = urllib.request.Request(url, json.dumps(content).encode())  # noqa: S310 - our own
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own
            return json.load(answer)

    def _start(self, port: int) -> subprocess.Popen[bytes]:
        with (self.home / "emulator.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "demo.embedded_aws.server"],
                cwd=REPOSITORY,
                env={**_clean_environment(), **self._settings(port)},
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _settings(self, port: int) -> dict[str, str]:
        temporary = self.home / "tmp"
        temporary.mkdir()
        return {
            "AUTH": "true",
            "GATEWAY_PORT": str(port),
            "BIND_HOST": "127.0.0.1",
            "MINISTACK_HOST": "127.0.0.1",
            "MINISTACK_ACCOUNT_ID": self.management_account,
            "ROLECALL_ACCOUNT_IDS": ",".join(self._account_ids),
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
            "DOCKER_HOST": "unix:///nonexistent",
            "ROLECALL_HOME": str(self.home),
            "STATE_DIR": str(self.home / "state"),
            "TMPDIR": str(temporary),
            "LAMBDA_ASYNC_RETRY_BASE_SECONDS": "0.2",
        }

    def _await_answer(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                self._control("records", {})
                return
            time.sleep(0.05)
        raise EmulatorError(f"The embedded AWS did not start:\n{self.log_tail()}")

    def _stop(self, process: subprocess.Popen[bytes]) -> None:
        """Kill the whole group, functions included: nothing of it is worth saving."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait(_STOP_SECONDS)
        if process.stdin:
            process.stdin.close()


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _clean_environment() -> dict[str, str]:
    """Keep nothing of the caller's AWS settings: the emulator must never meet the real AWS."""
    return {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
