"""What a run does: list the accounts, audit each of them, write what could be seen."""

import aws_cdk as cdk
from aws_cdk import aws_stepfunctions as sfn
from aws_cdk import aws_stepfunctions_tasks as tasks
from constructs import Construct

from infra.audit_functions import AuditFunctions
from infra.config import AuditSettings
from infra.lambda_function import PythonFunction

_BATCH = 10
"""Accounts that one child audits, all at once."""
_LAMBDA_IS_TO_BLAME = [
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
]


class AuditDefinition:
    """The states of a run, which get {"audit": ...} and end with the summary of the run."""

    def __init__(
        self, scope: Construct, *, functions: AuditFunctions, settings: AuditSettings
    ) -> None:
        """Remember what the states are made of."""
        self._scope = scope
        self._functions = functions
        self._settings = settings

    def states(self) -> sfn.IChainable:
        """Return the chain; whatever becomes of the accounts, its last word is the coverage."""
        list_accounts = self._invoke(
            "ListAccounts",
            self._functions.list_accounts,
            {"audit": sfn.JsonPath.string_at("$.audit"), "run": sfn.JsonPath.execution_name},
        )
        write_coverage = self._invoke(
            "WriteCoverage", self._functions.write_coverage, result_path="$.coverage"
        )
        audit_accounts = self._map_accounts()
        audit_accounts.add_catch(write_coverage, errors=["States.ALL"], result_path="$.failure")
        write_coverage.next(self._end())
        return list_accounts.next(audit_accounts).next(write_coverage)

    def _end(self) -> sfn.Choice:
        give_up = sfn.Fail(
            self._scope,
            "GiveUp",
            error="TooManyAccountsFailed",
            cause="More accounts than tolerated failed; see the map run",
        )
        return (
            sfn.Choice(self._scope, "WasGivenUp")
            .when(sfn.Condition.is_present("$.failure"), give_up)
            .otherwise(sfn.Succeed(self._scope, "Done", output_path="$.coverage"))
        )

    def _map_accounts(self) -> sfn.DistributedMap:
        # Every child that the map starts costs a state transition, what happens in an Express
        # child next to nothing: so each takes a few accounts and audits them side by side.
        batch = min(_BATCH, self._settings.max_concurrency)
        accounts = sfn.DistributedMap(
            self._scope,
            "AuditAccounts",
            items_path="$.accounts",
            item_batcher=sfn.ItemBatcher(
                max_items_per_batch=batch,
                # Written as the language has it: CDK translates no paths here.
                batch_input={"audit.$": "$.audit", "run.$": "$.run"},
            ),
            max_concurrency=self._settings.max_concurrency // batch,
            tolerated_failure_percentage=self._settings.tolerated_failure_percentage,
            map_execution_type=sfn.StateMachineType.EXPRESS,
            result_path=sfn.JsonPath.DISCARD,
            label="accounts",
        )
        return accounts.item_processor(self._map_batch(batch))

    def _map_batch(self, size: int) -> sfn.Map:
        batch = sfn.Map(
            self._scope,
            "AuditBatch",
            items_path="$.Items",
            item_selector={
                "account": sfn.JsonPath.string_at("$$.Map.Item.Value"),
                "audit": sfn.JsonPath.string_at("$.BatchInput.audit"),
                "run": sfn.JsonPath.string_at("$.BatchInput.run"),
            },
            max_concurrency=size,
            # A child's empty answer: the state of a run holds 256 kB, and what a child has to say
            # is in the tables.
            output_path=sfn.JsonPath.DISCARD,
        )
        return batch.item_processor(self._choose_check())

    def _choose_check(self) -> sfn.Choice:
        # An account that fails takes no neighbour with it; the coverage of the run tells of it.
        left_to_coverage = sfn.Pass(self._scope, "LeftToCoverage")
        by_audit = sfn.Choice(self._scope, "ByAudit")
        for audit, function in self._functions.checks.items():
            check = self._invoke(f"Check {audit}", function)
            check.add_catch(left_to_coverage, errors=["States.ALL"])
            by_audit.when(sfn.Condition.string_equals("$.audit", audit), check)
        return by_audit

    def _invoke(
        self,
        id_: str,
        function: PythonFunction,
        payload: dict[str, str] | None = None,
        *,
        result_path: str | None = None,
    ) -> sfn.TaskStateBase:
        task = tasks.LambdaInvoke(
            self._scope,
            id_,
            lambda_function=function,
            payload=sfn.TaskInput.from_object(payload) if payload else None,
            payload_response_only=True,
            retry_on_service_exceptions=False,
            result_path=result_path,
        )
        return task.add_retry(
            errors=_LAMBDA_IS_TO_BLAME,
            interval=cdk.Duration.seconds(2),
            max_attempts=6,
            backoff_rate=2,
            max_delay=cdk.Duration.seconds(30),
            jitter_strategy=sfn.JitterType.FULL,
        )
