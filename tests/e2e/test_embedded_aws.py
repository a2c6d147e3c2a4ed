"""The embedded AWS does what AWS does where Rolecall depends on it, and leaves nothing behind."""

import io
import json
import socket
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlparse

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError

from demo.embedded_aws import Credentials, EmbeddedAWS, LastUse
from demo.findings import wait_for

ACCOUNT = "111122223333"
_FUNCTION = """
import json, os

def handler(event, context):
    print(json.dumps(event))
    bad = [r["dynamodb"]["SequenceNumber"] for r in event["Records"]
           if r["dynamodb"]["Keys"]["id"]["S"] == "poison"]
    return {"batchItemFailures": [{"itemIdentifier": number} for number in bad]}
"""


@pytest.fixture(scope="module")
def aws():
    with EmbeddedAWS(ACCOUNT, ("444455556666",)) as started:
        yield started


@pytest.fixture
def iam(aws):
    return aws.client("iam")


def test_a_call_is_recorded_as_cloudtrail_writes_it(aws, iam):
    iam.create_user(UserName="alice")
    own = iam.create_access_key(UserName="alice")["AccessKey"]
    _allow(iam, "alice", {"Action": "iam:*", "Resource": "*"})
    alice = aws.client("iam", credentials=Credentials(own["AccessKeyId"], own["SecretAccessKey"]))
    iam.create_user(UserName="bob")

    key = alice.create_access_key(UserName="bob")["AccessKey"]

    record = aws.records()[-1]
    assert record["eventVersion"] == "1.11"
    assert record["eventName"] == "CreateAccessKey"
    assert record["requestParameters"] == {"userName": "bob"}
    created = record["responseElements"]["accessKey"]
    assert created.pop("createDate").endswith(("AM", "PM"))
    assert created == {
        "userName": "bob",
        "accessKeyId": key["AccessKeyId"],
        "status": "Active",
    }
    identity = record["userIdentity"]
    assert identity.pop("principalId").startswith("AIDA")
    assert identity == {
        "type": "IAMUser",
        "arn": f"arn:aws:iam::{ACCOUNT}:user/alice",
        "accountId": ACCOUNT,
        "accessKeyId": own["AccessKeyId"],
        "userName": "alice",
    }


def test_a_refused_call_is_recorded_with_its_error(aws, iam):
    iam.create_user(UserName="twin")

    with pytest.raises(iam.exceptions.EntityAlreadyExistsException):
        iam.create_user(UserName="twin")

    record = aws.records()[-1]
    assert record["errorCode"] == "EntityAlreadyExistsException"
    assert record["responseElements"] is None


def test_the_details_of_an_account_come_in_pages(iam):
    names = {f"page-{number}" for number in range(7)}
    for name in names:
        iam.create_user(UserName=name)

    pages = list(
        iam.get_paginator("get_account_authorization_details").paginate(
            PaginationConfig={"PageSize": 3}
        )
    )

    sizes = [
        sum(len(page[each]) for each in ("UserDetailList", "RoleDetailList", "Policies"))
        for page in pages
    ]
    users = {user["UserName"] for page in pages for user in page["UserDetailList"]}
    assert max(sizes) == 3
    assert names <= users


def test_the_details_tell_boundaries_and_the_policies_of_aws_in_use(iam):
    boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    iam.create_user(UserName="bounded", PermissionsBoundary=boundary)

    details = iam.get_account_authorization_details()

    [bounded] = [u for u in details["UserDetailList"] if u["UserName"] == "bounded"]
    [policy] = [p for p in details["Policies"] if p["Arn"] == boundary]
    assert bounded["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary
    assert policy["PermissionsBoundaryUsageCount"] == 1
    [version] = [v for v in policy["PolicyVersionList"] if v["IsDefaultVersion"]]
    assert "iam:Get*" in str(version["Document"])


def test_the_credential_report_tells_dates_of_the_past(aws, iam):
    with aws.clock(datetime(2024, 3, 1, 10, tzinfo=UTC)):
        iam.create_user(UserName="veteran")
        key = iam.create_access_key(UserName="veteran")["AccessKey"]["AccessKeyId"]
        iam.create_login_profile(UserName="veteran", Password="correct-Horse-7-battery")
    aws.last_used(ACCOUNT, key, LastUse("key", datetime(2025, 2, 3, tzinfo=UTC), "ec2"))

    iam.generate_credential_report()

    lines = iam.get_credential_report()["Content"].decode().splitlines()
    [veteran] = [line.split(",") for line in lines if line.startswith("veteran,")]
    row = dict(zip(lines[0].split(","), veteran, strict=True))
    assert lines[1].startswith("<root_account>,")
    assert row["user_creation_time"] == "2024-03-01T10:00:00+00:00"
    assert row["password_last_used"] == "no_information"
    assert row["access_key_1_last_used_date"] == "2025-02-03T00:00:00+00:00"
    assert row["access_key_1_last_used_service"] == "ec2"


def test_only_a_delegated_administrator_lists_the_accounts(aws):
    organizations = aws.client("organizations")
    organizations.create_organization(FeatureSet="ALL")
    status = organizations.create_account(Email="hub@example.com", AccountName="hub")
    hub = status["CreateAccountStatus"]["AccountId"]
    member = aws.client("organizations", hub)

    with pytest.raises(ClientError, match="AccessDenied"):
        member.list_accounts()
    organizations.register_delegated_administrator(
        AccountId=hub, ServicePrincipal="member.org.stacksets.cloudformation.amazonaws.com"
    )

    assert {each["Id"] for each in member.list_accounts()["Accounts"]} == {ACCOUNT, hub}


@pytest.mark.parametrize("subject", ["a" * 101, "two\nlines", "straße"])
def test_sns_refuses_what_is_no_subject(aws, subject):
    sns = aws.client("sns")
    topic = sns.create_topic(Name="subjects")["TopicArn"]

    with pytest.raises(sns.exceptions.InvalidParameterException):
        sns.publish(TopicArn=topic, Subject=subject, Message="text")


def test_an_encrypted_queue_takes_rights_on_its_key_by_way_of_the_service(aws, iam):
    key = aws.client("kms").create_key()["KeyMetadata"]["Arn"]
    attributes = {"KmsMasterKeyId": key}
    queue = aws.client("sqs").create_queue(QueueName="secret", Attributes=attributes)["QueueUrl"]
    writer = _user(aws, "writer", {"Action": "sqs:SendMessage", "Resource": "*"})
    use = {"Action": ["kms:GenerateDataKey", "kms:Decrypt"], "Resource": key}

    with pytest.raises(ClientError, match="AccessDenied"):
        writer("sqs").send_message(QueueUrl=queue, MessageBody="text")
    _allow(iam, "writer", {**use, "Condition": _via("sns")})
    with pytest.raises(ClientError, match="AccessDenied"):
        writer("sqs").send_message(QueueUrl=queue, MessageBody="text")
    _allow(iam, "writer", {**use, "Condition": _via("sqs")})

    assert writer("sqs").send_message(QueueUrl=queue, MessageBody="text")["MessageId"]


def test_a_function_that_may_not_read_a_queue_is_not_mapped_to_it(aws, iam):
    functions = aws.client("lambda")
    aws.client("sqs").create_queue(QueueName="unread")
    _create_function(aws, "reader")
    source = f"arn:aws:sqs:us-east-1:{ACCOUNT}:unread"

    with pytest.raises(functions.exceptions.InvalidParameterValueException, match="ReceiveMessage"):
        functions.create_event_source_mapping(FunctionName="reader", EventSourceArn=source)
    iam.put_role_policy(
        RoleName="reader",
        PolicyName="read",
        PolicyDocument=_document({"Effect": "Allow", "Action": "sqs:*", "Resource": source}),
    )

    made = functions.create_event_source_mapping(FunctionName="reader", EventSourceArn=source)
    assert made["EventSourceArn"] == source


def test_a_stream_retries_from_the_failed_record_and_then_gives_it_up(aws):
    dynamodb, sqs = aws.client("dynamodb"), aws.client("sqs")
    dead = sqs.create_queue(QueueName="dead")["QueueUrl"]
    stream = dynamodb.create_table(
        TableName="source",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
    )["TableDescription"]["LatestStreamArn"]
    _create_consumer(aws, stream, f"arn:aws:sqs:us-east-1:{ACCOUNT}:dead")

    for name in ("first", "poison", "last"):
        dynamodb.put_item(TableName="source", Item={"id": {"S": name}})
    dynamodb.delete_item(TableName="source", Key={"id": {"S": "first"}})

    [given_up] = wait_for(lambda: sqs.receive_message(QueueUrl=dead).get("Messages"), 15)
    assert json.loads(given_up["Body"])["DDBStreamBatchInfo"]["batchSize"] == 1
    assert wait_for(lambda: _seen(aws), 5)["poison"] >= 2
    assert "REMOVE" not in _log(aws)


def test_nothing_is_left_when_it_stops():
    with EmbeddedAWS() as started:
        home, client = started.home, started.client("sts")
        client.get_caller_identity()

    assert not home.exists()
    with pytest.raises(EndpointConnectionError):
        client.get_caller_identity()


def test_nothing_is_left_when_its_parent_is_killed():
    program = (
        "import os, signal, demo.embedded_aws as e; a = e.EmbeddedAWS().__enter__();"
        "print(a.home, a.endpoint, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )

    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )

    home, endpoint = done.stdout.split()
    address = urlparse(endpoint)
    assert wait_for(lambda: not Path(home).exists() or None, 10)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((address.hostname, address.port), timeout=1)


def _user(aws, name, statement):
    """Make a user with a key; return a function that makes its clients."""
    iam = aws.client("iam")
    iam.create_user(UserName=name)
    document = _document({"Effect": "Allow", **statement})
    iam.put_user_policy(UserName=name, PolicyName="first", PolicyDocument=document)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    signer = Credentials(key["AccessKeyId"], key["SecretAccessKey"])
    return lambda service: aws.client(service, credentials=signer)


def _allow(iam, user, statement):
    document = _document({"Effect": "Allow", **statement})
    iam.put_user_policy(UserName=user, PolicyName="second", PolicyDocument=document)


def _via(service):
    return {"StringEquals": {"kms:ViaService": f"{service}.us-east-1.amazonaws.com"}}


def _document(statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def _create_function(aws, name):
    """Make a function that answers a stream, with a role that may write its log."""
    iam, functions = aws.client("iam"), aws.client("lambda")
    service = {"Service": "lambda.amazonaws.com"}
    trust = _document({"Effect": "Allow", "Principal": service, "Action": "sts:AssumeRole"})
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    basic = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
    iam.attach_role_policy(RoleName=name, PolicyArn=basic)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as content:
        content.writestr("consumer.py", _FUNCTION)
    functions.create_function(
        FunctionName=name,
        Runtime="python3.13",
        Role=role,
        Handler="consumer.handler",
        Code={"ZipFile": archive.getvalue()},
    )


def _create_consumer(aws, stream, dead):
    iam, functions = aws.client("iam"), aws.client("lambda")
    _create_function(aws, "consumer")
    may = {"Effect": "Allow", "Action": ["dynamodb:*", "sqs:SendMessage"], "Resource": "*"}
    iam.put_role_policy(RoleName="consumer", PolicyName="consume", PolicyDocument=_document(may))
    functions.create_event_source_mapping(
        FunctionName="consumer",
        EventSourceArn=stream,
        StartingPosition="TRIM_HORIZON",
        MaximumRetryAttempts=1,
        BisectBatchOnFunctionError=True,
        FunctionResponseTypes=["ReportBatchItemFailures"],
        FilterCriteria={"Filters": [{"Pattern": json.dumps({"eventName": ["INSERT"]})}]},
        DestinationConfig={"OnFailure": {"Destination": dead}},
    )


def _log(aws):
    events = aws.client("logs").filter_log_events(logGroupName="/aws/lambda/consumer")["events"]
    return "\n".join(event["message"] for event in events)


def _seen(aws):
    """How often the function was given each record; nothing until it got the last one."""
    text = _log(aws)
    counts = {name: text.count(f'"Keys": {{"id": {{"S": "{name}"') for name in ("poison", "last")}
    return counts if counts["last"] else None
