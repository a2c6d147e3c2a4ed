"""What somebody suppresses by the command stays suppressed until the exception ends."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rolecall.adapters.dynamodb_exceptions import DynamoDBExceptions


@pytest.fixture
def suppress(world):
    """Run `rolecall findings suppress` with these options."""
    command = [str(Path(sys.executable).parent / "rolecall"), "findings", "suppress"]
    environment = {**os.environ, **world.aws.environment(world.organization.hub.administrator)}

    def suppress(*options):
        subprocess.run([*command, *options], env=environment, check=True)  # noqa: S603 - our own

    return suppress


@pytest.fixture
def exceptions(world):
    stored = DynamoDBExceptions(world.hub("dynamodb"), "rolecall-coverage")
    yield stored
    for each in stored.all():
        stored.remove(each.id)


def test_what_is_suppressed_stays_so_through_every_audit_until_the_exception_ends(
    world, suppress, exceptions
):
    world.audit()
    found = next(
        f for f in world.findings.all() if f.rule == "foreign-account-trust" and f.status == "OPEN"
    )

    suppress(found.id, "--owner", "ops@example.com", "--reason", "under contract", "--until", "30d")
    world.audit()
    assert _status(world, found) == "SUPPRESSED"

    [stored] = exceptions.all()
    yesterday = (datetime.now(UTC) - timedelta(days=1)).date()
    exceptions.save(replace(stored, ends_on=yesterday))
    world.audit()
    assert _status(world, found) == "OPEN"


def _status(world, finding):
    [now] = [f for f in world.findings.of_account(finding.account_id) if f.id == finding.id]
    return now.status
