"""Five thousand events of one minute, delivered twice and the latest first: nothing is lost."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from demo.findings import wait_for
from demo.organization import SANDBOX
from rolecall.adapters.activity_in_memory import ActivityInMemory
from rolecall.catalog import DETECTIONS
from rolecall.model.settings import Settings
from rolecall.services.judge_event import EventJudge
from tests.builders import envelope, record, role_identity, user_identity

EVENTS = 5_000
MINUTE = datetime(2026, 11, 20, 12, tzinfo=UTC)
BATCH = 10
ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
TAKEOVER = ("CreateUser", "CreateAccessKey", "AttachUserPolicy")
OF_AWS = {"type": "AWSService", "invokedBy": "sso.amazonaws.com"}


def events():
    """Return the records in order of time: of every ten events six are findings."""
    calls = [_call(number) for number in range(EVENTS)]
    for number, name in enumerate(TAKEOVER):
        request = {"userName": "eve", "policyArn": ADMIN}
        calls[number * 1_000] = {"name": name, "request": request, "actor": role_identity("ops")}
    step = timedelta(minutes=1) / EVENTS
    return [_record(n, MINUTE + n * step, **call) for n, call in enumerate(calls)]


def _call(number):
    match number % 10:
        case 0 | 1 | 2 | 3 | 4 | 5:
            request = {"userName": f"many-{number}"}
            return {"name": "CreateAccessKey", "request": request, "actor": role_identity("ops")}
        case 6 | 7:
            return {"name": "TagRole", "request": {"roleName": f"r{number}"}, "actor": OF_AWS}
        case 8:
            return {
                "name": "ConsoleLogin",
                "source": "signin.amazonaws.com",
                "actor": user_identity(f"guessed-{number % 50}"),
                "response": {"ConsoleLogin": "Failure"},
            }
        case _:
            actor = user_identity(f"prober-{number % 7}")
            name = ("PutUserPolicy", "AttachRolePolicy", "CreateLoginProfile")[number % 3]
            return {"name": name, "error": "AccessDenied", "actor": actor}


def _record(number, at, **call):
    return {
        **json.loads(json.dumps(record(**call)).replace("111122223333", SANDBOX)),
        "eventID": f"many-{number:05}",
        "eventTime": at.isoformat(timespec="seconds"),
        "recipientAccountId": SANDBOX,
    }


def judged_in_order(records):
    """Return what the same events give one after the other, in one process: ids to severities."""
    judge = EventJudge(DETECTIONS, Settings(), ActivityInMemory())
    found = {}
    for each in records:
        judged = judge.run(judge.read(each), MINUTE)
        assert not judged.crashes
        for finding in judged.findings:
            found[finding.id] = max(finding.severity, found.get(finding.id, finding.severity))
    return {id_: severity.name for id_, severity in found.items()}


@pytest.fixture
def queue(world):
    sqs = world.hub("sqs")
    return sqs, sqs.get_queue_url(QueueName="rolecall-events")["QueueUrl"]


def test_five_thousand_events_are_all_judged_whatever_the_order_and_however_often(world, queue):
    records = events()
    expected = judged_in_order(records)
    assert len(expected) > EVENTS // 2

    put(queue, [*reversed(records), *reversed(records)])

    assert wait_for(lambda: is_empty(queue) or None, 600)
    # An event that a table refused for a moment comes again when its message is seen again.
    wait_for(lambda: found(world) == expected or None, 420)
    assert found(world) == expected
    dead = queue[0].get_queue_url(QueueName="rolecall-events-dlq")["QueueUrl"]
    assert is_empty((queue[0], dead))


def found(world):
    """Return the severities of the findings that our events gave, by their ids."""
    stored = world.findings.of_account(SANDBOX)
    return {f.id: f.severity for f in stored if f.source.startswith("many-")}


def put(queue, records):
    """Put the events into the intake queue as EventBridge does: the way there is tested apart."""
    sqs, url = queue
    bodies = [json.dumps(envelope(each)) for each in records]
    batches = [bodies[at : at + BATCH] for at in range(0, len(bodies), BATCH)]
    with ThreadPoolExecutor(4) as senders:
        list(
            senders.map(
                lambda batch: sqs.send_message_batch(
                    QueueUrl=url,
                    Entries=[{"Id": str(n), "MessageBody": body} for n, body in enumerate(batch)],
                ),
                batches,
            )
        )


def is_empty(queue):
    sqs, url = queue
    names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=names)["Attributes"]
    return not any(map(int, counts.values()))
