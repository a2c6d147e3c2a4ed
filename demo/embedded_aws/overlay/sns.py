"""SNS: e-mail is delivered (into a box to look at), and what AWS refuses is refused."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

import json
import threading
from datetime import UTC, datetime
from typing import Any

from demo.embedded_aws.emulator import Untyped, replaces, sns

_SUBJECT_LENGTH = 100
mails: list[dict[str, Any]] = []
_lock = threading.Lock()


@replaces(sns, "publish_internal")
def _publish(
    original: Untyped, topic: str, message: Untyped, subject: str = "", **options: Untyped
) -> Untyped:
    """Check what AWS checks: https://docs.aws.amazon.com/sns/latest/api/API_Publish.html."""
    if subject and (
        len(subject) > _SUBJECT_LENGTH or not (subject.isascii() and subject.isprintable())
    ):
        raise sns.SnsPublishError("InvalidParameter", "Invalid parameter: Subject")
    if options.get("message_structure") == "json" and not _has_default(message):
        raise sns.SnsPublishError(
            "InvalidParameter",
            "Invalid parameter: Message Structure - No default entry in JSON message body",
        )
    return original(topic, message, subject, **options)


def _has_default(message: str) -> bool:
    try:
        return isinstance(json.loads(message).get("default"), str)
    except (ValueError, AttributeError):
        return False


@replaces(sns, "_fanout")
def _fan_out(original: Untyped, topic_arn: str, *content: Untyped, **options: Untyped) -> None:
    original(topic_arn, *content, **options)
    _message_id, message, subject, structure, attributes = content
    topic = sns._topic_by_arn_any_scope(topic_arn)
    text = sns._resolve_message_for_protocol(message, structure, "email")
    for subscription in topic["subscriptions"] if topic else []:
        if subscription["protocol"] != "email" or not subscription["confirmed"]:
            continue
        if not sns._matches_filter_policy(subscription, attributes or {}, text):
            continue
        with _lock:
            mails.append(
                {
                    "to": subscription["endpoint"],
                    "subject": subject,
                    "text": text,
                    "at": datetime.now(UTC).isoformat(),
                    "attributes": {
                        name: value.get("StringValue", "")
                        for name, value in (attributes or {}).items()
                    },
                }
            )
