import json

import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st

from rolecall.adapters.sns_messages import SNSMessages, _subject
from rolecall.services.ports import Message

SNS_BYTES = 256 * 1024


def message(**fields):
    given = {
        "subject": "HIGH: user alice",
        "text": "Somebody did something.",
        "data": {"id": "1"},
        "attributes": {"severity": "HIGH"},
    }
    return Message(**{**given, **fields})


@pytest.fixture
def topic(aws):
    return aws.client("sns").create_topic(Name="rolecall-findings")["TopicArn"]


@pytest.fixture
def publish(aws, topic):
    return SNSMessages(aws.client("sns"), topic).publish


@pytest.fixture
def inbox(aws, topic):
    """Subscribe a queue and return a function that takes its one message out."""
    sqs = aws.client("sqs")
    queue = sqs.create_queue(QueueName="inbox")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"][
        "QueueArn"
    ]
    aws.client("sns").subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)

    def take():
        [received] = sqs.receive_message(QueueUrl=queue)["Messages"]
        return json.loads(received["Body"])

    return take


def test_machines_get_json_and_attributes_to_filter_by(publish, inbox):
    publish(
        message(data={"id": "1", "name": "müller"}, attributes={"severity": "HIGH", "account": "1"})
    )

    received = inbox()
    assert json.loads(received["Message"]) == {"id": "1", "name": "müller"}
    assert received["MessageAttributes"] == {
        "severity": {"Type": "String", "Value": "HIGH"},
        "account": {"Type": "String", "Value": "1"},
    }


def test_an_attribute_without_value_does_not_cost_the_message(publish, inbox):
    publish(message(attributes={"severity": "HIGH", "owner": ""}))

    assert list(inbox()["MessageAttributes"]) == ["severity"]


def test_a_topic_that_does_not_take_the_message_is_an_error(aws, topic):
    aws.client("sns").delete_topic(TopicArn=topic)

    with pytest.raises(ClientError):
        SNSMessages(aws.client("sns"), topic).publish(message())


class Recorder:
    """An SNS client that keeps what it is asked to publish."""

    def publish(self, **request):
        self.request = request


def published(**fields):
    recorder = Recorder()
    SNSMessages(recorder, "topic").publish(message(**fields))
    return recorder.request


def test_people_get_text_and_machines_get_data_in_one_publish():
    request = published(text="For people\nin lines", data={"for": "machines"})

    assert request["MessageStructure"] == "json"
    body = json.loads(request["Message"])
    assert body["email"] == "For people\nin lines"
    assert json.loads(body["default"]) == {"for": "machines"}


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("HIGH: user müller\nBcc: everybody", "HIGH: user muller Bcc: everybody"),
        ("two\u2028lines, ﬁve\u00a0Ångström…", "two lines, five Angstrom..."),
        ("user 東京", "user ??"),
        ("  tab\tand bell\x07 ", "tab and bell"),
        ("x" * 150, "x" * 96 + "..."),
        ("x" * 100, "x" * 96 + "..."),
        ("x" * 99, "x" * 99),
        ("ü" * 99, "u" * 99),
        ("", "Rolecall"),
    ],
)
def test_a_subject_is_what_sns_takes(text, subject):
    assert published(subject=text)["Subject"] == subject


@given(st.text(max_size=300))
def test_any_subject_is_printable_ascii_on_one_line(text):
    subject = _subject(text)

    assert 0 < len(subject) < 100
    assert subject.isascii()
    assert subject.isprintable()


@pytest.mark.parametrize(
    "fields",
    [
        {"text": "x" * 500_000},
        {"text": "ä" * 300_000},
        {"data": {"summary": "short", "evidence": '"' * 300_000}},
        {"data": {"findings": [{"id": str(n), "why": "y" * 500} for n in range(1_000)]}},
        {"text": "\\" * 300_000, "data": {"evidence": {"text": "\\" * 300_000}}},
    ],
    ids=["text", "not ascii", "quotes in quotes", "many", "both"],
)
def test_a_message_larger_than_sns_takes_is_cut_and_says_so(fields):
    request = published(**fields)

    size = len(request["Message"].encode()) + sum(
        len(name) + len(attribute["StringValue"]) + len("String")
        for name, attribute in request["MessageAttributes"].items()
    )
    assert size <= SNS_BYTES
    body = json.loads(request["Message"])
    json.loads(body["default"])
    assert "cut" in request["Message"]


def test_cutting_keeps_what_is_short():
    request = published(text="short", data={"id": "1", "evidence": "x" * 500_000})

    body = json.loads(request["Message"])
    assert body["email"] == "short"
    assert json.loads(body["default"])["id"] == "1"


def test_text_that_is_no_unicode_is_published_all_the_same():
    body = json.loads(published(text="a\ud800b", data={"agent": "a\ud800b"})["Message"])

    assert body["email"] == "a?b"
    assert json.loads(body["default"]) == {"agent": "a?b"}
