"""What follows changes of permissions, put together for `bootstrap`, which gives what is shared."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from rolecall.adapters.dynamodb_changes import DynamoDBChanges
from rolecall.adapters.sqs_looks import SQSLooks
from rolecall.model.event import CloudTrailEvent
from rolecall.model.permission_changes import may_change_permissions
from rolecall.services.note_change import NoteChange
from rolecall.shared_parts import RETRIES

if TYPE_CHECKING:
    import boto3

    from rolecall.model.settings import Settings
    from rolecall.services.ports import Clock, Exceptions, Findings
    from rolecall.services.record_principals import RecordPrincipals
    from rolecall.services.tell_timeline import TellTimeline


def noting(session: "boto3.Session", clock: "Clock") -> Callable[[CloudTrailEvent], None]:
    """Return what becomes of every event; the first that may change permissions makes clients.

    They cost 20 ms, and most events have no use for them.
    """
    made = cache(lambda: _note_change(session, clock))

    def note(event: CloudTrailEvent) -> None:
        if may_change_permissions(event):
            made().run(event)

    return note


def _note_change(session: "boto3.Session", clock: "Clock") -> NoteChange:
    sqs = session.client("sqs", config=RETRIES)
    looks = SQSLooks(sqs, os.environ["ROLECALL_CHANGES_QUEUE_URL"])
    return NoteChange(_changes(session), looks, clock)


def record_principals(
    session: "boto3.Session", findings: "Findings", settings: "Settings", exceptions: "Exceptions"
) -> "RecordPrincipals":
    """Return what keeps principals and tells what became of their rights."""
    # Judging takes modules that noting an event has no use for, and should not wait for.
    from rolecall.adapters.dynamodb_principals import DynamoDBPrincipals
    from rolecall.catalog import COMPARISONS
    from rolecall.services.record_principals import RecordPrincipals
    from rolecall.services.tell_rights import TellRights

    client = session.client("dynamodb", config=RETRIES)
    rights = TellRights(
        findings=findings,
        changes=_changes(session),
        comparisons=COMPARISONS,
        settings=settings,
        exceptions=exceptions,
    )
    principals = DynamoDBPrincipals(client, os.environ["ROLECALL_PRINCIPALS_TABLE"])
    return RecordPrincipals(principals, rights, settings.pipelines)


def tell_timeline(
    session: "boto3.Session", principals: str, changes: str, findings: str
) -> "TellTimeline":
    """Return what tells the story of a principal from these tables."""
    from rolecall.adapters.dynamodb_findings import DynamoDBFindings
    from rolecall.adapters.dynamodb_principals import DynamoDBPrincipals
    from rolecall.model.settings import RetentionSettings
    from rolecall.services.tell_timeline import TellTimeline

    client = session.client("dynamodb", config=RETRIES)
    return TellTimeline(
        DynamoDBPrincipals(client, principals),
        DynamoDBChanges(client, changes),
        DynamoDBFindings(client, findings, RetentionSettings(), lambda: datetime.now(UTC)),
    )


def _changes(session: "boto3.Session") -> DynamoDBChanges:
    client = session.client("dynamodb", config=RETRIES)
    return DynamoDBChanges(client, os.environ["ROLECALL_CHANGES_TABLE"])
