"""One process that judges events: `start` begins as the function does, `judge` judges many."""

from __future__ import annotations

import json
import os
import sys
import time
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ACCOUNT = "111122223333"
_EVENTS = 20_000
_VARIABLES = {
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "POWERTOOLS_SERVICE_NAME": "rolecall-detect-event",
    "ROLECALL_ACTIVITY_TABLE": "rolecall-activity",
    "ROLECALL_CHANGES_QUEUE_URL": "https://sqs.example.com/rolecall-changes.fifo",
    "ROLECALL_CHANGES_TABLE": "rolecall-changes",
    "ROLECALL_COVERAGE_TABLE": "rolecall-coverage",
    "ROLECALL_FINDINGS_TABLE": "rolecall-findings",
    "ROLECALL_PRINCIPALS_TABLE": "rolecall-principals",
}
_SETTINGS = {"rules": {"access-key-rotation": {"max_age_days": 90}}, "notifications": {}}
"""What a function is deployed with, as rolecall.toml sets it."""


def start() -> dict[str, float]:
    """Import the handler and put together what it calls, as the first event of a process does."""
    os.environ |= _VARIABLES
    # Imported here, for their import is what is measured.
    from rolecall import event_parts, shared_parts
    from rolecall.adapters.settings_file import read_function_settings
    from rolecall.handlers import detect_event

    with TemporaryDirectory() as folder:
        file = Path(folder, "settings.json")
        file.write_text(json.dumps(_SETTINGS), encoding="utf-8")
        shared_parts.settings = lambda: read_function_settings(file)
        event_parts.detect()
    return {"handler": float(callable(detect_event.handler))}


def judge(count: int = _EVENTS) -> dict[str, float]:
    """Judge invented events, one in three of them a change of identities; return events a second.

    Parsing and all detections are measured; nothing is stored.
    """
    from datetime import UTC, datetime

    from rolecall.adapters.activity_in_memory import ActivityInMemory
    from rolecall.catalog import DETECTIONS
    from rolecall.model.event import CloudTrailEvent
    from rolecall.model.settings import Settings
    from rolecall.services.judge_event import EventJudge

    judging = EventJudge(DETECTIONS, Settings(), ActivityInMemory())
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    records = [_record(number, call) for number, call in _calls(count)]
    findings, started = 0, time.process_time()
    for record in records:
        findings += len(judging.run(CloudTrailEvent.parse(record), now).findings)
    seconds = time.process_time() - started
    return {"events": count / seconds, "findings": findings, "detections": len(DETECTIONS)}


_CALLS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("iam", "ListUsers", {}),
    ("sts", "AssumeRole", {"roleArn": f"arn:aws:iam::{ACCOUNT}:role/deploy"}),
    ("iam", "CreateAccessKey", {"userName": "alice"}),
    ("ec2", "DescribeInstances", {}),
    ("iam", "GetRole", {"roleName": "deploy"}),
    (
        "iam",
        "AttachRolePolicy",
        {"roleName": "deploy", "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},
    ),
    ("kms", "Decrypt", {}),
    ("s3", "ListBuckets", {}),
    ("cloudtrail", "StopLogging", {"name": "trail"}),
)


def _calls(count: int) -> Any:  # noqa: ANN401 - numbers with calls
    return enumerate(islice(cycle(_CALLS), count))


def _record(number: int, call: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    service, name, request = call
    user = f"user-{number % 500}"
    return {
        "awsRegion": "us-east-1",
        "eventID": f"event-{number}",
        "eventName": name,
        "eventSource": f"{service}.amazonaws.com",
        "eventTime": "2026-11-23T12:00:00Z",
        "eventType": "AwsApiCall",
        "readOnly": name.startswith(("List", "Get", "Describe")),
        "recipientAccountId": ACCOUNT,
        "requestParameters": request,
        "responseElements": None,
        "sourceIPAddress": "203.0.113.7",
        "userAgent": "aws-cli/2.31.0",
        "userIdentity": {
            "accountId": ACCOUNT,
            "arn": f"arn:aws:iam::{ACCOUNT}:user/{user}",
            "principalId": "AIDAEXAMPLEEXAMPLE1",
            "type": "IAMUser",
            "userName": user,
        },
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps({"start": start, "judge": judge}[sys.argv[1]]()))
