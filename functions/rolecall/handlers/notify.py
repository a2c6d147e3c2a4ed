"""Lambda: changes of the findings table become messages."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from rolecall import bootstrap
from rolecall.adapters.findings_stream import read_changes

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001 - Lambda passes it
    """Tell the news up to the first change that cannot be read, and answer where that is."""
    batch = read_changes(event["Records"])
    told = bootstrap.notify().run(batch.changes)
    logger.info("changes told", changes=len(batch.changes), messages=told)
    if not batch.stopped_at:
        return {"batchItemFailures": []}
    logger.error("change not understood", at=batch.stopped_at, problem=batch.problem)
    return {"batchItemFailures": [{"itemIdentifier": batch.stopped_at}]}
