import json
from datetime import timedelta

import pytest

from rolecall.adapters.sqs_looks import SQSLooks
from tests.builders import ACCOUNT, HUB, NOW


@pytest.fixture
def sqs(aws):
    return aws.client("sqs")


@pytest.fixture
def queue(sqs):
    attributes = {"FifoQueue": "true"}
    return sqs.create_queue(QueueName="looks.fifo", Attributes=attributes)["QueueUrl"]


@pytest.fixture
def waiting(sqs, queue):
    """Return a function that takes all messages, and tells of which account and group each is."""

    def receive():
        answer = sqs.receive_message(
            QueueUrl=queue, MaxNumberOfMessages=10, AttributeNames=["MessageGroupId"]
        )
        return [
            (json.loads(each["Body"])["account_id"], each["Attributes"]["MessageGroupId"])
            for each in answer.get("Messages", [])
        ]

    return receive


def test_asks_once_a_minute_for_a_look_at_an_account(sqs, queue, waiting):
    looks = SQSLooks(sqs, queue)

    for seconds in (0, 1, 59):
        looks.ask(ACCOUNT, NOW + timedelta(seconds=seconds))

    assert waiting() == [(ACCOUNT, ACCOUNT)]


def test_asks_again_when_the_minute_is_over(sqs, queue, waiting):
    looks = SQSLooks(sqs, queue)

    for seconds in (59, 60):
        looks.ask(ACCOUNT, NOW + timedelta(seconds=seconds))

    assert waiting() == [(ACCOUNT, ACCOUNT), (ACCOUNT, ACCOUNT)]


def test_asks_for_every_account_by_itself(sqs, queue, waiting):
    looks = SQSLooks(sqs, queue)

    looks.ask(ACCOUNT, NOW)
    looks.ask(HUB, NOW)

    assert sorted(waiting()) == [(ACCOUNT, ACCOUNT), (HUB, HUB)]
