"""The embedded AWS leaves nothing behind, however it ends."""

import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlparse

import pytest
from botocore.exceptions import EndpointConnectionError

from demo.embedded_aws import EmbeddedAWS
from demo.findings import wait_for

_REPOSITORY = Path(__file__).parents[2]


def test_nothing_is_left_when_it_stops():
    with EmbeddedAWS() as started:
        home, client = started.home, started.client("sts")
        client.get_caller_identity()

    assert not home.exists()
    with pytest.raises(EndpointConnectionError):
        client.get_caller_identity()


def test_nothing_is_left_when_its_parent_is_killed():
    program = (
        "import os, signal, demo.embedded_aws as e; a = e.EmbeddedAWS().__enter__();"
        "print(a.home, a.endpoint, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )

    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program],
        cwd=_REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )

    home, endpoint = done.stdout.split()
    address = urlparse(endpoint)
    assert wait_for(lambda: not Path(home).exists() or None, 10)
    assert wait_for(lambda: _is_refused(address.hostname, address.port) or None, 10)


def _is_refused(host, port):
    try:
        socket.create_connection((host, port), timeout=1).close()
    except ConnectionRefusedError:
        return True
    return False


def test_a_person_ends_it_with_a_signal():
    command = [sys.executable, "-m", "demo.embedded_aws"]
    with subprocess.Popen(  # noqa: S603 - our own program
        command, cwd=_REPOSITORY, stdout=subprocess.PIPE, text=True
    ) as process:
        greeting = process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        rest = process.stdout.read()

    assert process.returncode == 0
    assert "is ready" in greeting
    assert "nothing is left behind" in rest
