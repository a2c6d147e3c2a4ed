"""From an event to the finding on what it granted: real adapters, on an AWS in memory."""

import json
from datetime import timedelta

import boto3
import pytest
from botocore.exceptions import ClientError
from freezegun import freeze_time
from moto import mock_aws

from rolecall import bootstrap, command_parts, event_parts, shared_parts
from rolecall.handlers import detect_event, weigh_changes
from rolecall.model.settings import Settings
from rolecall.services.ports import FindingQuery
from tests.adapters.tables import (
    create_changes_table,
    create_coverage_table,
    create_findings_table,
    create_principals_table,
)
from tests.builders import envelope, record
from tests.handlers.test_handlers import ACCOUNT, CONTEXT, sqs_batch

EVERYTHING = {"Effect": "Allow", "Action": "*", "Resource": "*"}
TRUST = {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}}


@pytest.fixture(autouse=True)
def queue(monkeypatch):
    """Play AWS with a role in it, start every process anew, and return the queue of looks."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "ROLECALL_ACTIVITY_TABLE": "rolecall-activity",
        "ROLECALL_CHANGES_TABLE": "rolecall-changes",
        "ROLECALL_COVERAGE_TABLE": "rolecall-coverage",
        "ROLECALL_FINDINGS_TABLE": "rolecall-findings",
        "ROLECALL_PRINCIPALS_TABLE": "rolecall-principals",
        "ROLECALL_READER_ROLE": "rolecall-reader",
    }.items():
        monkeypatch.setenv(name, value)
    parts = (bootstrap, event_parts, shared_parts)
    caches = [e for part in parts for e in vars(part).values() if hasattr(e, "cache_clear")]
    with mock_aws():
        for each in caches:
            each.cache_clear()
        monkeypatch.setattr(shared_parts, "settings", Settings)
        for create in (
            create_changes_table,
            create_coverage_table,
            create_findings_table,
            create_principals_table,
        ):
            create(boto3.client("dynamodb"))
        url = boto3.client("sqs").create_queue(
            QueueName="rolecall-changes.fifo", Attributes={"FifoQueue": "true"}
        )["QueueUrl"]
        monkeypatch.setenv("ROLECALL_CHANGES_QUEUE_URL", url)
        with freeze_time(shared_parts.now() - timedelta(days=9)):
            trust = document({**TRUST, "Action": "sts:AssumeRole"})
            boto3.client("iam").create_role(RoleName="deploy", AssumeRolePolicyDocument=trust)
        yield url
    for each in caches:
        each.cache_clear()


def document(statement):
    return json.dumps({"Version": "2012-10-17", "Statement": statement})


def look():
    body = json.dumps({"account_id": ACCOUNT})
    weigh_changes.handler(sqs_batch(body), CONTEXT)


def test_an_event_becomes_what_it_granted(queue):
    look()
    policy = {"RoleName": "deploy", "PolicyName": "all", "PolicyDocument": document(EVERYTHING)}
    boto3.client("iam").put_role_policy(**policy)
    happened = record(
        "PutRolePolicy",
        request={"roleName": "deploy", "policyName": "all"},
        recipientAccountId=ACCOUNT,
        eventTime=shared_parts.now().isoformat(),
    )

    detect_event.handler(sqs_batch(json.dumps(envelope(happened))), CONTEXT)
    [asked] = boto3.client("sqs").receive_message(QueueUrl=queue)["Messages"]
    weigh_changes.handler(sqs_batch(asked["Body"]), CONTEXT)

    [found] = shared_parts.findings().search(FindingQuery(rule="permissions-granted"))
    assert found.summary.startswith("role deploy is now an administrator of its account. Made with")
    assert found.source == happened["eventID"]


def test_the_first_look_writes_records_and_tells_nothing():
    look()

    records = command_parts.principal_search(shared_parts.session(), "rolecall-principals")
    assert [each.name for each in records.of_account(ACCOUNT)] == ["deploy"]
    assert list(shared_parts.findings().search(FindingQuery(account_id=ACCOUNT))) == []


def test_a_look_asks_for_no_credential_report():
    look()

    with pytest.raises(ClientError, match="ReportNotPresent"):
        boto3.client("iam").get_credential_report()
