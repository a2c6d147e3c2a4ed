"""Runs of the audits through the deployed state machine, as the schedules would start them."""

import json
from collections.abc import Sequence
from typing import Any

from demo.findings import wait_for

AUDITS = ("key-rotation", "user-age", "over-privilege")
_PATIENCE_SECONDS = 60.0


class AuditError(Exception):
    """A run did not succeed; the text says how it ended."""


def run(states: Any, audits: Sequence[str] = AUDITS) -> list[dict[str, Any]]:  # noqa: ANN401 - a boto3 client
    """Start the audits together, wait for all of them, and return what each run put out."""
    [machine] = [
        each["stateMachineArn"]
        for each in states.list_state_machines()["stateMachines"]
        if each["name"] == "rolecall-audit"
    ]
    runs = [
        states.start_execution(stateMachineArn=machine, input=json.dumps({"audit": audit}))
        for audit in audits
    ]
    return [_outcome(states, started["executionArn"]) for started in runs]


def _outcome(states: Any, execution: str) -> dict[str, Any]:  # noqa: ANN401 - a boto3 client
    def look() -> dict[str, Any] | None:
        described: dict[str, Any] = states.describe_execution(executionArn=execution)
        return described if described["status"] != "RUNNING" else None

    ended = wait_for(look, _PATIENCE_SECONDS)
    if ended is None:
        raise AuditError(f"{execution} still runs after {_PATIENCE_SECONDS:.0f} s")
    if ended["status"] != "SUCCEEDED":
        raise AuditError(f"{execution}: {ended['status']}: {ended.get('cause', '')}")
    output: dict[str, Any] = json.loads(ended["output"])
    return output
