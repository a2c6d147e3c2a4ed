"""What judges events, put together apart from the audits: it starts without their modules."""

import os
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from rolecall import shared_parts as shared
from rolecall.adapters.dynamodb_activity import DynamoDBActivity
from rolecall.adapters.dynamodb_sessions import DynamoDBSessions
from rolecall.catalog import DETECTIONS
from rolecall.change_parts import noting
from rolecall.model.event import CloudTrailEvent
from rolecall.services.detect import Detect
from rolecall.services.follow_sessions import FollowSessions, as_it_is
from rolecall.services.judge_event import EventJudge

if TYPE_CHECKING:
    from rolecall.adapters.dynamodb_principals import DynamoDBPrincipals
    from rolecall.model.principal_record import PrincipalRecord


@cache
def detect() -> Detect:
    """Return the use case of the intake queue."""
    judge = EventJudge(DETECTIONS, shared.settings(), _activity(), _record)
    return Detect(
        shared.findings(),
        judge,
        shared.now,
        shared.exceptions(),
        _following(),
        noting(shared.session(), shared.now),
    )


def _following() -> Callable[[CloudTrailEvent], CloudTrailEvent]:
    """Return what follows sessions, where the deployer has their opening forwarded."""
    if os.environ.get("ROLECALL_ROLE_SESSIONS") != "true":
        return as_it_is
    client = shared.session().client("dynamodb", config=shared.RETRIES)
    return FollowSessions(DynamoDBSessions(client, os.environ["ROLECALL_ACTIVITY_TABLE"])).run


def _record(arn: str) -> "PrincipalRecord | None":
    """Return what audits keep of a user or role; most events have no use for the table."""
    return _principals().get(arn)


@cache
def _principals() -> "DynamoDBPrincipals":
    from rolecall.adapters.dynamodb_principals import DynamoDBPrincipals

    client = shared.session().client("dynamodb", config=shared.RETRIES)
    return DynamoDBPrincipals(client, os.environ["ROLECALL_PRINCIPALS_TABLE"])


def _activity() -> DynamoDBActivity:
    client = shared.session().client("dynamodb", config=shared.RETRIES)
    return DynamoDBActivity(client, os.environ["ROLECALL_ACTIVITY_TABLE"])
