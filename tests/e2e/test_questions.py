"""People and programs ask the deployed table, each question by the index that serves it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from demo.organization import PRODUCTION

_USER = f"arn:aws:iam::{PRODUCTION}:user/ci-deploy"


@pytest.fixture(scope="module")
def ask(world):
    """Run `rolecall findings list` with these options; return the findings."""
    world.audit()
    signer = world.organization.hub.administrator
    command = [str(Path(sys.executable).parent / "rolecall"), "findings", "list"]
    environment = {**os.environ, **world.aws.environment(signer)}

    def ask(*options):
        done = subprocess.run(  # noqa: S603 - our own command
            [*command, "--format", "jsonl", *options],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    return ask


@pytest.mark.parametrize(
    "options",
    [
        ["--account", PRODUCTION],
        ["--resource", _USER],
        ["--principal", _USER],
        ["--rule", "access-key-rotation"],
        ["--severity", "critical"],
        ["--since", "1d", "--status", "all"],
        [],
    ],
    ids=lambda options: options[0] if options else "all",
)
def test_every_question_finds_the_old_key(ask, options):
    found = ask(*options)

    assert ("access-key-rotation", "CRITICAL") in {
        (each["rule"], each["severity"]) for each in found if each["resource_arn"] == _USER
    }
