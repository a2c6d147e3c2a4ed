"""Every handler as Lambda calls it: real adapters, on an AWS in memory."""

import json
import logging
from datetime import timedelta
from types import SimpleNamespace

import boto3
import pytest
from freezegun import freeze_time
from moto import mock_aws

from rolecall import bootstrap, command_parts, event_parts, shared_parts
from rolecall.adapters.findings_items import finding_item
from rolecall.handlers import (
    check_key_rotation,
    check_over_privilege,
    check_user_age,
    detect_event,
    list_accounts,
    notify,
    write_coverage,
)
from rolecall.model.principal_record import Rank
from rolecall.model.settings import RetentionSettings, Settings
from rolecall.services.ports import FindingQuery
from tests.adapters.moto_truth import answer_what_moto_lacks
from tests.adapters.tables import (
    create_activity_table,
    create_changes_table,
    create_coverage_table,
    create_findings_table,
    create_principals_table,
)
from tests.builders import KEY_ID, NOW, envelope, finding, record

ACCOUNT = "123456789012"  # the account that moto plays
CONTEXT = SimpleNamespace(
    function_name="rolecall-test",
    memory_limit_in_mb=256,
    invoked_function_arn=f"arn:aws:lambda:us-east-1:{ACCOUNT}:function:rolecall-test",
    aws_request_id="52fdfc07-2182-454f-963f-5f0f9a621d72",
)


@pytest.fixture(autouse=True)
def aws(monkeypatch):
    """Play AWS, and start every process anew."""
    for name, value in {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
        "ROLECALL_ACTIVITY_TABLE": "rolecall-activity",
        "ROLECALL_CHANGES_QUEUE_URL": "https://sqs.example.com/rolecall-changes.fifo",
        "ROLECALL_CHANGES_TABLE": "rolecall-changes",
        "ROLECALL_FINDINGS_TABLE": "rolecall-findings",
        "ROLECALL_COVERAGE_TABLE": "rolecall-coverage",
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
        create_findings_table(boto3.client("dynamodb"))
        create_activity_table(boto3.client("dynamodb"))
        create_changes_table(boto3.client("dynamodb"))
        create_coverage_table(boto3.client("dynamodb"))
        create_principals_table(boto3.client("dynamodb"))
        yield
    for each in caches:
        each.cache_clear()


def stored(**query):
    return list(shared_parts.findings().search(FindingQuery(**query)))


def sqs_batch(*bodies):
    return {
        "Records": [
            {
                "messageId": f"message-{number}",
                "receiptHandle": "handle",
                "body": body,
                "attributes": {},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": f"arn:aws:sqs:us-east-1:{ACCOUNT}:rolecall-events",
                "awsRegion": "us-east-1",
            }
            for number, body in enumerate(bodies)
        ]
    }


def key_for(user_name):
    answer = {"accessKey": {"userName": user_name, "accessKeyId": KEY_ID}}
    created = record("CreateAccessKey", request={"userName": user_name}, response=answer)
    return json.dumps(envelope(created))


def test_an_event_becomes_a_finding():
    answer = detect_event.handler(sqs_batch(key_for("bob")), CONTEXT)

    assert answer == {"batchItemFailures": []}
    [found] = stored(rule="access-key-for-another-user")
    assert found.summary.endswith("for user bob")


@pytest.mark.parametrize(
    "broken", ["{", "[]", '"text"', "{}", '{"detail": {"eventName": "CreateUser"}}']
)
def test_an_event_that_cannot_be_understood_fails_alone(broken):
    answer = detect_event.handler(sqs_batch(key_for("bob"), broken, key_for("carol")), CONTEXT)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-1"}]}
    assert len(stored(rule="access-key-for-another-user")) == 2


def test_the_log_says_why_an_event_was_not_judged(caplog):
    with caplog.at_level(logging.ERROR):
        detect_event.handler(sqs_batch('{"detail": {"eventName": "CreateUser"}}'), CONTEXT)

    assert "eventSource should be text, it is missing" in caplog.text


def test_a_batch_of_nothing_but_broken_events_does_not_crash_the_function():
    answer = detect_event.handler(sqs_batch("{"), CONTEXT)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "message-0"}]}


def test_an_event_delivered_twice_is_one_finding():
    event = key_for("bob")

    detect_event.handler(sqs_batch(event, event), CONTEXT)
    detect_event.handler(sqs_batch(event), CONTEXT)

    assert len(stored(rule="access-key-for-another-user")) == 1


def test_a_schedule_becomes_the_list_of_accounts():
    event = {"audit": "key-rotation", "run": "run-1"}

    assert list_accounts.handler(event, CONTEXT) == {**event, "accounts": [ACCOUNT]}


def test_the_list_of_accounts_is_that_of_the_organization(monkeypatch):
    organizations = boto3.client("organizations")
    own = organizations.create_organization(FeatureSet="ALL")["Organization"]
    member = organizations.create_account(Email="a@example.com", AccountName="a")
    monkeypatch.setenv("ROLECALL_ORGANIZATION_ID", own["Id"])
    answer_what_moto_lacks(shared_parts.session())

    answer = list_accounts.handler({"audit": "user-age", "run": "run-1"}, CONTEXT)

    created = member["CreateAccountStatus"]["AccountId"]
    assert answer["accounts"] == sorted([ACCOUNT, created])
    assert shared_parts.coverage().organization().id == own["Id"]


def date_reports_today(parsed, **_):
    """Mend moto, whose credential reports are all of 2015."""
    parsed["GeneratedTime"] = shared_parts.now()


def audit(handler, name):
    events = shared_parts.session().events
    events.register("after-call.iam.GetCredentialReport", date_reports_today)
    answer_what_moto_lacks(shared_parts.session())
    list_accounts.handler({"audit": name, "run": "run-1"}, CONTEXT)
    return handler.handler({"account": ACCOUNT, "audit": name, "run": "run-1"}, CONTEXT)


def test_the_audits_find_what_is_wrong():
    with freeze_time(shared_parts.now() - timedelta(days=400)):
        iam = boto3.client("iam")
        iam.create_user(UserName="alice")
        iam.create_access_key(UserName="alice")
        iam.create_login_profile(UserName="alice", Password="correct-horse-1")
        everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
        policy = json.dumps({"Version": "2012-10-17", "Statement": everything})
        iam.put_user_policy(UserName="alice", PolicyName="all", PolicyDocument=policy)

    answers = [
        audit(check_key_rotation, "key-rotation"),
        audit(check_user_age, "user-age"),
        audit(check_over_privilege, "over-privilege"),
    ]

    assert {answer["account"] for answer in answers} == {ACCOUNT}
    assert {each.rule for each in stored(account_id=ACCOUNT)} >= {
        "access-key-rotation",
        "unused-credentials",
        "long-lived-user",
        "console-without-mfa",
        "administrator-access",
    }
    [administrator] = command_parts.principal_search(
        shared_parts.session(), "rolecall-principals"
    ).of_rank(Rank.ADMINISTRATOR)
    assert administrator.name == "alice"


def test_a_run_ends_with_the_accounts_that_it_did_not_see():
    audit(check_key_rotation, "key-rotation")
    run = {"audit": "key-rotation", "run": "run-1", "accounts": [ACCOUNT, "444455556666"]}

    answer = write_coverage.handler(run, CONTEXT)

    assert (answer["read"], list(answer["unread"])) == (1, ["444455556666"])
    [gap] = stored(account_id="444455556666")
    assert gap.rule == "coverage-gap"


@pytest.fixture
def inbox(monkeypatch):
    """Subscribe a queue to the topic, and read what it gets."""
    sns, sqs = boto3.client("sns"), boto3.client("sqs")
    topic = sns.create_topic(Name="rolecall-findings")["TopicArn"]
    queue = sqs.create_queue(QueueName="inbox")["QueueUrl"]
    arn = f"arn:aws:sqs:us-east-1:{ACCOUNT}:inbox"
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    monkeypatch.setenv("ROLECALL_TOPIC_ARN", topic)

    def read():
        answer = sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10)
        return [json.loads(message["Body"]) for message in answer.get("Messages", [])]

    return read


def change(number, old=None, new=None):
    images = {
        name: finding_item(image, RetentionSettings())
        for name, image in {"OldImage": old, "NewImage": new}.items()
        if image
    }
    return {"eventID": str(number), "dynamodb": {"SequenceNumber": str(number), **images}}


def test_a_change_of_the_table_becomes_a_message(inbox):
    opened = finding()

    answer = notify.handler({"Records": [change(1, new=opened)]}, CONTEXT)

    assert answer == {"batchItemFailures": []}
    [message] = inbox()
    assert message["Subject"].startswith("HIGH in 111122223333")
    assert json.loads(message["Message"])["finding"]["id"] == opened.id
    assert message["MessageAttributes"]["severity"]["Value"] == "HIGH"


def test_a_change_that_cannot_be_read_stops_there_and_loses_nothing_before_it(inbox, caplog):
    broken = {"dynamodb": {"SequenceNumber": "2", "NewImage": {"id": {"S": "x"}}}}
    records = [change(1, new=finding()), broken, change(3, new=finding())]

    with caplog.at_level(logging.ERROR):
        answer = notify.handler({"Records": records}, CONTEXT)

    assert answer == {"batchItemFailures": [{"itemIdentifier": "2"}]}
    assert len(inbox()) == 1
    assert "change not understood" in caplog.text


def test_an_expired_finding_is_no_news(inbox):
    notify.handler({"Records": [change(1, old=finding(changed_at=NOW))]}, CONTEXT)

    assert not inbox()
