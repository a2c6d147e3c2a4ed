"""Lambda: a schedule becomes the list of accounts to audit."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from rolecall import bootstrap

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001 - Lambda passes it
    """Add the ids of the organization's active accounts to the run."""
    accounts = bootstrap.list_accounts().run()
    logger.info("accounts listed", count=len(accounts))
    return {**event, "accounts": accounts}
