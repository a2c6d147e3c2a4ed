"""The queue of accounts to look at: first in, first out, one message an account and minute."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient

_MINUTE = 60


@dataclass(frozen=True, slots=True)
class SQSLooks:
    """The port Looks on a FIFO queue that delays every message by a minute.

    Messages of one minute are one to SQS, so there is one look for them; delayed by a minute, it
    comes when the minute is over. Messages of an account are a group: one at a time.
    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-exactly-once-processing.html
    """

    client: "SQSClient"
    queue_url: str

    def ask(self, account_id: str, at: datetime) -> None:
        """Ask for a look at the account when the minute of that moment is over."""
        minute = int(at.timestamp()) // _MINUTE
        self.client.send_message(
            QueueUrl=self.queue_url,
            MessageBody=json.dumps({"account_id": account_id}),
            MessageGroupId=account_id,
            MessageDeduplicationId=f"{account_id}-{minute}",
        )
