"""Lambda: an account in which permissions may have changed becomes findings on what was granted."""

import json
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from rolecall import bootstrap

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> None:  # noqa: ARG001 - Lambda passes it
    """Look at the account of the one message; what is raised lets SQS keep it."""
    [record] = event["Records"]
    account_id = json.loads(record["body"])["account_id"]
    done = bootstrap.weigh_changes().run(account_id)
    logger.info("account looked at", account=account_id, written=done.written, told=done.told)
