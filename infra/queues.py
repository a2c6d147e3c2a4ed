"""Queues that keep what could not be processed yet, or at all."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.encryption import ENVELOPE, EncryptionKey

# The largest that SQS takes. EventBridge delivers events of up to 1 MB since January 2026; a
# dead-letter queue must take whatever its source took.
_MAX_MESSAGE_BYTES = 1024 * 1024


class EncryptedQueue(sqs.Queue):
    """A queue that keeps messages as long as SQS can, readable through our key and TLS only."""

    def __init__(  # noqa: PLR0913 - what it is made of, each by its name
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        key: EncryptionKey,
        visibility_timeout: cdk.Duration | None = None,
        dead_letter_queue: sqs.DeadLetterQueue | None = None,
        is_fifo: bool = False,
        delivery_delay: cdk.Duration | None = None,
    ) -> None:
        """Keep messages for 14 days, so that a long weekend loses nothing."""
        super().__init__(
            scope,
            id_,
            queue_name=f"{name}.fifo" if is_fifo else name,
            # A queue that is not first in, first out may not say so.
            fifo=True if is_fifo else None,
            delivery_delay=delivery_delay,
            encryption_master_key=key,
            data_key_reuse=cdk.Duration.hours(1),
            enforce_ssl=True,
            max_message_size_bytes=_MAX_MESSAGE_BYTES,
            retention_period=cdk.Duration.days(14),
            visibility_timeout=visibility_timeout,
            dead_letter_queue=dead_letter_queue,
        )
        self._key = key
        self.short_name = name.removeprefix("rolecall-")

    def permit_sending(self) -> list[iam.PolicyStatement]:
        """Permit sending to the queue."""
        return [
            iam.PolicyStatement(actions=["sqs:SendMessage"], resources=[self.queue_arn]),
            self._key.through("sqs", ENVELOPE),
        ]

    def permit_consuming(self) -> list[iam.PolicyStatement]:
        """Permit what an event source mapping does with the queue."""
        return [
            iam.PolicyStatement(
                actions=[
                    "sqs:ChangeMessageVisibility",
                    "sqs:DeleteMessage",
                    "sqs:GetQueueAttributes",
                    "sqs:ReceiveMessage",
                ],
                resources=[self.queue_arn],
            ),
            self._key.through("sqs", ("kms:Decrypt",)),
        ]
