"""Messages to people and machines, through an SNS topic."""

import json
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rolecall.adapters.cutting import cut_members, cut_to_fit, json_bytes
from rolecall.services.ports import Message

if TYPE_CHECKING:
    from mypy_boto3_sns import SNSClient

# https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
_SUBJECT_CHARACTERS = 99
"""AWS says "less than 100"."""
_MESSAGE_BYTES = 240 * 1024
"""Of 256 kB for body and attributes together; the rest is for the attributes."""


@dataclass(frozen=True, slots=True)
class SNSMessages:
    """The port Messages on one topic."""

    client: "SNSClient"
    topic_arn: str

    def publish(self, message: Message) -> None:
        """Publish text to mail clients and JSON to everything else; raise when SNS refuses."""
        self.client.publish(
            TopicArn=self.topic_arn,
            Subject=_subject(message.subject),
            MessageStructure="json",
            Message=_body(message),
            MessageAttributes={
                name: {"DataType": "String", "StringValue": value}
                for name, value in message.attributes.items()
                if value  # SNS refuses an empty one, and with it the message
            },
        )


def _subject(text: str) -> str:
    """Write a subject in printable ASCII, which is what SNS takes and every mail client shows."""
    one_line = " ".join(text.split())
    letters = (c for c in unicodedata.normalize("NFKD", one_line) if not unicodedata.combining(c))
    plain = "".join(letters).encode("ascii", "replace").decode()
    subject = re.sub(r"[^!-~]+", " ", plain).strip()
    if len(subject) > _SUBJECT_CHARACTERS:
        subject = subject[: _SUBJECT_CHARACTERS - 3].rstrip() + "..."
    return subject or "Rolecall"


def _body(message: Message) -> str:
    """Write both versions into one body, each cut to half the room where both are too long."""
    text, data = message.text, message.data
    limit = _MESSAGE_BYTES // 2
    while json_bytes(body := {"default": _json(data), "email": text}) > _MESSAGE_BYTES:
        text = str(cut_to_fit(text, limit))
        data = cut_members(data, limit)
        limit = limit * 9 // 10  # quotes inside quotes take more room than the data alone
    return _json(body).encode("utf-8", "replace").decode("utf-8")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=dict)
