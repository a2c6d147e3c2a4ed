"""Lambda: the end of a run becomes the list of accounts that it did not see."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from rolecall import bootstrap

logger = Logger()
_LISTED = 100  # the state machine carries no more than 256 kB


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001 - Lambda passes it
    """Turn accounts without a word into coverage findings and sum up the run."""
    audit, run = event["audit"], event["run"]
    seen = bootstrap.cover().run(audit, run, event["accounts"])
    logger.info("run covered", audit=audit, read=seen.read, unread=len(seen.unread))
    return {"audit": audit, "run": run, "read": seen.read, "unread": seen.unread[:_LISTED]}
