"""Use the embedded AWS: clients, clock, last uses, recorded events, mails."""

import contextlib
import json
import os
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, Self

import boto3
from botocore.config import Config

from demo.embedded_aws import server_process

if TYPE_CHECKING:
    from demo.embedded_aws.server_process import ServerProcess

_CONFIG = Config(retries={"total_max_attempts": 1}, read_timeout=60, max_pool_connections=20)


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
        self._running = server_process.running(management_account, account_ids)
        self._server: ServerProcess
        self._clients: dict[tuple[str, ...], Any] = {}

    def __enter__(self) -> Self:
        """Start the process and wait until it answers; raise EmulatorError if it does not."""
        self._server = self._running.__enter__()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop everything and remove its files."""
        self._running.__exit__(kind, error, trace)

    @property
    def endpoint(self) -> str:
        """The URL that it answers at."""
        return self._server.endpoint

    @property
    def home(self) -> Path:
        """A folder to put files in that go when this AWS goes."""
        return self._server.home

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
        return self._server.log_tail(lines)

    def _control(self, route: str, content: dict[str, Any]) -> Any:  # noqa: ANN401 - JSON
        url = f"{self.endpoint}/_rolecall/{route}"
        request = urllib.request.Request(url, json.dumps(content).encode())  # noqa: S310 - our own
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own
            return json.load(answer)


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
