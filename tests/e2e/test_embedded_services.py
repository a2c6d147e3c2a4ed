"""Messages, queues, keys and streams of the embedded AWS behave as AWS's do."""

import json

import pytest
from botocore.exceptions import ClientError

from demo.findings import wait_for
from tests.e2e.principals import create_function, create_user, document

_CONSUMER = """
import json

def handler(event, context):
    print(json.dumps(event))
    bad = [r["dynamodb"]["SequenceNumber"] for r in event["Records"]
           if r["dynamodb"]["Keys"]["id"]["S"] == "poison"]
    return {"batchItemFailures": [{"itemIdentifier": number} for number in bad]}
"""


@pytest.fixture
def iam(aws):
    return aws.client("iam")


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
    writer = create_user(aws, "writer", {"Action": "sqs:SendMessage", "Resource": "*"})
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
    create_function(aws, "reader", _CONSUMER)
    source = f"arn:aws:sqs:us-east-1:{aws.management_account}:unread"

    with pytest.raises(functions.exceptions.InvalidParameterValueException, match="ReceiveMessage"):
        functions.create_event_source_mapping(FunctionName="reader", EventSourceArn=source)
    iam.put_role_policy(
        RoleName="reader",
        PolicyName="read",
        PolicyDocument=document({"Action": "sqs:*", "Resource": source}),
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
    _create_consumer(aws, stream, f"arn:aws:sqs:us-east-1:{aws.management_account}:dead")

    for name in ("first", "poison", "last"):
        dynamodb.put_item(TableName="source", Item={"id": {"S": name}})
    dynamodb.delete_item(TableName="source", Key={"id": {"S": "first"}})

    [given_up] = wait_for(lambda: sqs.receive_message(QueueUrl=dead).get("Messages"), 15)
    assert json.loads(given_up["Body"])["DDBStreamBatchInfo"]["batchSize"] == 1
    assert wait_for(lambda: _seen(aws), 5)["poison"] >= 2
    assert "REMOVE" not in _log(aws)


def _allow(iam, user, statement):
    iam.put_user_policy(UserName=user, PolicyName="second", PolicyDocument=document(statement))


def _via(service):
    return {"StringEquals": {"kms:ViaService": f"{service}.us-east-1.amazonaws.com"}}


def _create_consumer(aws, stream, dead):
    iam, functions = aws.client("iam"), aws.client("lambda")
    create_function(aws, "consumer", _CONSUMER)
    may = {"Action": ["dynamodb:*", "sqs:SendMessage"], "Resource": "*"}
    iam.put_role_policy(RoleName="consumer", PolicyName="consume", PolicyDocument=document(may))
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
