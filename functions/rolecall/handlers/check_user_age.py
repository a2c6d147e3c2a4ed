"""Lambda: the users of one account, their age, activity and MFA, become findings."""

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from rolecall import bootstrap

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:  # noqa: ARG001 - Lambda passes it
    """Audit one account and answer how much of it could be seen."""
    coverage = bootstrap.audit().run(event["account"], "user-age", event["run"])
    logger.info("account audited", account=coverage.account_id, status=coverage.status)
    return {"account": coverage.account_id, "status": coverage.status}
