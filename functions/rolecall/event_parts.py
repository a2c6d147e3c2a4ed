"""What judges events, put together apart from the audits: it starts without their modules."""

import os
from functools import cache

from rolecall import shared_parts as shared
from rolecall.adapters.dynamodb_activity import DynamoDBActivity
from rolecall.catalog import DETECTIONS
from rolecall.change_parts import noting
from rolecall.services.detect import Detect
from rolecall.services.judge_event import EventJudge


@cache
def detect() -> Detect:
    """Return the use case of the intake queue."""
    judge = EventJudge(DETECTIONS, shared.settings(), _activity())
    return Detect(
        shared.findings(),
        judge,
        shared.now,
        shared.exceptions(),
        noting(shared.session(), shared.now),
    )


def _activity() -> DynamoDBActivity:
    client = shared.session().client("dynamodb", config=shared.RETRIES)
    return DynamoDBActivity(client, os.environ["ROLECALL_ACTIVITY_TABLE"])
