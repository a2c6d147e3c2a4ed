"""Lambda: CloudTrail events from the intake queue become findings."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities import batch
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from rolecall import event_parts

logger = Logger()
# A batch of one that cannot be understood is that event's failure, not the function's.
processor = batch.BatchProcessor(batch.EventType.SQS, raise_on_entire_batch_failure=False)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> Any:  # noqa: ANN401 - as Powertools types it
    """Answer which messages failed, so that SQS keeps those and only those."""
    return batch.process_partial_response(event, _detect, processor, context)


def _detect(record: SQSRecord) -> None:
    try:
        event_parts.detect().run(record.json_body)
    except Exception:
        logger.exception("event not judged", message_id=record.message_id)
        raise
