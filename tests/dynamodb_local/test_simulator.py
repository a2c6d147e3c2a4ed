"""DynamoDB Local serves, and serves this machine alone."""

import socket
from urllib.parse import urlparse

import boto3
import pytest

pytestmark = pytest.mark.dynamodb_local


def test_it_keeps_what_is_written(dynamodb_endpoint):
    dynamodb = boto3.client(
        "dynamodb",
        endpoint_url=dynamodb_endpoint,
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )
    dynamodb.create_table(
        TableName="words",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "word", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "word", "KeyType": "HASH"}],
    )

    dynamodb.put_item(TableName="words", Item={"word": {"S": "roll"}, "count": {"N": "2"}})

    found = dynamodb.get_item(TableName="words", Key={"word": {"S": "roll"}})["Item"]
    assert found == {"word": {"S": "roll"}, "count": {"N": "2"}}
    dynamodb.delete_table(TableName="words")


def test_it_listens_on_loopback_only(dynamodb_endpoint):
    port = urlparse(dynamodb_endpoint).port

    # A server on all interfaces would answer at any address of this machine, at this one too.
    with pytest.raises(OSError, match=r"refused|timed out|assign"):
        socket.create_connection(("127.0.0.2", port), timeout=1)
