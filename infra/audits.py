"""Three schedules, one state machine, and the functions that it calls for every account."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_scheduler_targets as scheduler_targets
from aws_cdk import aws_stepfunctions as sfn
from aws_cdk import aws_stepfunctions_tasks as tasks
from constructs import Construct

from infra.config import AuditSettings, OrganizationSettings
from infra.findings_store import FindingsStore
from infra.lambda_function import PythonFunction, Runtime, encrypted_log_group
from infra.names import AUDIT_STATE_MACHINE, READER_ROLE, arn
from infra.queues import EncryptedQueue
from rolecall.model.rule import AUDITS

# An Express child may run for five minutes in all, retries included.
# https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
_CHECK_TIMEOUT = cdk.Duration.minutes(4)
_BATCH = 10
"""Accounts that one child audits, all at once."""
_RECONCILE = ("Query", "BatchWriteItem")
"""What comparing an account's findings with the stored ones takes."""
_COVER = ("BatchGetItem", "GetItem", "PutItem", "Query")
"""What keeping the coverage takes, with the organization and the stored exceptions beside it."""
_DELIVER_LOGS = (
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
)


class Audits(Construct):
    """schedule -> list accounts -> for every account: the audit's check function -> coverage."""

    def __init__(  # noqa: PLR0913 - collaborators, each by its name
        self,
        scope: Construct,
        id_: str,
        *,
        runtime: Runtime,
        store: FindingsStore,
        settings: AuditSettings,
        organization: OrganizationSettings | None,
    ) -> None:
        """Run every audit at its time, over all active accounts."""
        super().__init__(scope, id_)
        self._runtime = runtime
        self._store = store
        self._settings = settings
        self._organization = {"ROLECALL_ORGANIZATION_ID": organization.id} if organization else {}
        self.list_accounts = self._create_list_accounts(organization)
        self.checks = {
            audit: self._create_check(audit, "*" if organization else cdk.Aws.ACCOUNT_ID)
            for audit in AUDITS
        }
        self.write_coverage = self._create_write_coverage()
        self.state_machine = self._create_state_machine()
        self.dead_letters = EncryptedQueue(
            self, "DeadLetters", name="rolecall-schedules-dlq", key=runtime.key
        )
        self._create_schedules()

    @property
    def functions(self) -> Sequence[PythonFunction]:
        """Every function that the state machine calls."""
        return [self.list_accounts, *self.checks.values(), self.write_coverage]

    def _create_list_accounts(self, organization: OrganizationSettings | None) -> PythonFunction:
        return PythonFunction(
            self,
            "list-accounts",
            runtime=self._runtime,
            description="Lists the accounts that a run audits",
            # Twenty accounts a page and a call a second: 10,000 accounts take a while.
            timeout=cdk.Duration.minutes(10),
            environment={
                **self._store.coverage_variable,
                **self._organization,
                "ROLECALL_READER_ROLE": READER_ROLE,
            },
            permissions=[
                *(_read_organization(organization) if organization else []),
                *self._store.permit(coverage=("PutItem",)),
            ],
        )

    def _create_check(self, audit: str, accounts: str) -> PythonFunction:
        return PythonFunction(
            self,
            f"check-{audit}",
            runtime=self._runtime,
            description=f"Audits one account: {audit}",
            timeout=_CHECK_TIMEOUT,
            # An account at its quotas takes 160 MB; waiting for IAM needs no faster processor.
            memory_mb=512,
            environment={
                **self._store.findings_variable,
                **self._store.coverage_variable,
                **self._organization,
                "ROLECALL_READER_ROLE": READER_ROLE,
                "ROLECALL_PER_USER_CALLS": str(self._settings.per_user_calls).lower(),
            },
            permissions=[
                # Whatever the account is called, in it there is but one role that we may assume.
                iam.PolicyStatement(
                    actions=["sts:AssumeRole"],
                    resources=[arn("iam", f"role/{READER_ROLE}", account=accounts)],
                ),
                *self._store.permit(findings=_RECONCILE, coverage=_COVER),
            ],
        )

    def _create_write_coverage(self) -> PythonFunction:
        return PythonFunction(
            self,
            "write-coverage",
            runtime=self._runtime,
            description="Writes which accounts a run read, and which it did not",
            timeout=cdk.Duration.minutes(10),
            environment={**self._store.findings_variable, **self._store.coverage_variable},
            permissions=self._store.permit(findings=_RECONCILE, coverage=_COVER),
        )

    def _create_state_machine(self) -> sfn.StateMachine:
        log_group = encrypted_log_group(
            self,
            "Log",
            name=f"/aws/vendedlogs/states/{AUDIT_STATE_MACHINE}",
            runtime=self._runtime,
        )
        machine = sfn.StateMachine(
            self,
            "StateMachine",
            state_machine_name=AUDIT_STATE_MACHINE,
            comment="Audits every account of the organization",
            definition_body=sfn.DefinitionBody.from_chainable(self._define()),
            timeout=cdk.Duration.hours(12),
            role=self._create_role(),
            # Every child is an execution of its own: only what went wrong is worth its price.
            logs=sfn.LogOptions(destination=log_group, level=sfn.LogLevel.ERROR),
        )
        # CDK's own policy for maps; our role says it already and takes no other.
        machine.node.try_remove_child("DistributedMapPolicy")
        return machine

    def _create_role(self) -> iam.IRole:
        here = {"region": cdk.Aws.REGION, "account": cdk.Aws.ACCOUNT_ID}
        statements = [
            iam.PolicyStatement(
                actions=["lambda:InvokeFunction"],
                resources=[function.function_arn for function in self.functions],
            ),
            # The map starts children of the machine itself, and stops them when it gives up.
            # https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
            iam.PolicyStatement(
                actions=["states:StartExecution"],
                resources=[arn("states", f"stateMachine:{AUDIT_STATE_MACHINE}", **here)],
            ),
            iam.PolicyStatement(
                actions=["states:DescribeExecution", "states:StopExecution"],
                resources=[arn("states", f"execution:{AUDIT_STATE_MACHINE}:*", **here)],
            ),
            # Deliveries of logs know no resources.
            # https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy
            iam.PolicyStatement(actions=[*_DELIVER_LOGS], resources=["*"]),
        ]
        role = iam.Role(
            self,
            "Role",
            role_name=AUDIT_STATE_MACHINE,
            description="What the audit state machine may do",
            assumed_by=_service_of_this_account("states.amazonaws.com"),
            inline_policies={"permissions": iam.PolicyDocument(statements=statements)},
        )
        return role.without_policy_updates()

    def _define(self) -> sfn.IChainable:
        list_accounts = self._invoke(
            "ListAccounts",
            self.list_accounts,
            {
                "audit": sfn.JsonPath.string_at("$.audit"),
                "run": sfn.JsonPath.execution_name,
            },
        )
        write_coverage = self._invoke(
            "WriteCoverage", self.write_coverage, result_path="$.coverage"
        )
        audit_accounts = self._map_accounts()
        # Given up or not, the last word of a run is what it saw.
        audit_accounts.add_catch(write_coverage, errors=["States.ALL"], result_path="$.failure")
        write_coverage.next(
            sfn.Choice(self, "WasGivenUp")
            .when(
                sfn.Condition.is_present("$.failure"),
                sfn.Fail(
                    self,
                    "GiveUp",
                    error="TooManyAccountsFailed",
                    cause="More accounts than tolerated failed; see the map run",
                ),
            )
            .otherwise(sfn.Succeed(self, "Done", output_path="$.coverage"))
        )
        return list_accounts.next(audit_accounts).next(write_coverage)

    def _map_accounts(self) -> sfn.DistributedMap:
        # Every child that the map starts costs a state transition, what happens in an Express
        # child next to nothing: so each takes a few accounts and audits them side by side.
        batch = min(_BATCH, self._settings.max_concurrency)
        accounts = sfn.DistributedMap(
            self,
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
        # An account that fails takes no neighbour with it; the coverage of the run tells of it.
        left_to_coverage = sfn.Pass(self, "LeftToCoverage")
        by_audit = sfn.Choice(self, "ByAudit")
        for audit, function in self.checks.items():
            check = self._invoke(f"Check {audit}", function)
            check.add_catch(left_to_coverage, errors=["States.ALL"])
            by_audit.when(sfn.Condition.string_equals("$.audit", audit), check)
        batch = sfn.Map(
            self,
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
        return batch.item_processor(by_audit)

    def _invoke(
        self,
        id_: str,
        function: PythonFunction,
        payload: dict[str, str] | None = None,
        *,
        result_path: str | None = None,
    ) -> sfn.TaskStateBase:
        task = tasks.LambdaInvoke(
            self,
            id_,
            lambda_function=function,
            payload=sfn.TaskInput.from_object(payload) if payload else None,
            payload_response_only=True,
            retry_on_service_exceptions=False,
            result_path=result_path,
        )
        return task.add_retry(
            errors=[
                "Lambda.ClientExecutionTimeoutException",
                "Lambda.ServiceException",
                "Lambda.AWSLambdaException",
                "Lambda.SdkClientException",
                "Lambda.TooManyRequestsException",
            ],
            interval=cdk.Duration.seconds(2),
            max_attempts=6,
            backoff_rate=2,
            max_delay=cdk.Duration.seconds(30),
            jitter_strategy=sfn.JitterType.FULL,
        )

    def _create_schedules(self) -> None:
        start = iam.PolicyStatement(
            actions=["states:StartExecution"], resources=[self.state_machine.state_machine_arn]
        )
        role = iam.Role(
            self,
            "SchedulesRole",
            role_name="rolecall-schedules",
            description="What the schedules of Rolecall may do",
            assumed_by=_service_of_this_account("scheduler.amazonaws.com"),
            inline_policies={
                "permissions": iam.PolicyDocument(
                    statements=[start, *self.dead_letters.permit_sending()]
                )
            },
        ).without_policy_updates()
        for audit, expression in self._settings.schedules.items():
            scheduler.Schedule(
                self,
                f"Schedule-{audit}",
                schedule_name=f"rolecall-{audit}",
                description=f"Starts the audit {audit} of all accounts",
                schedule=scheduler.ScheduleExpression.expression(expression, cdk.TimeZone.ETC_UTC),
                target=scheduler_targets.StepFunctionsStartExecution(
                    self.state_machine,
                    input=scheduler.ScheduleTargetInput.from_object({"audit": audit}),
                    role=role,
                    dead_letter_queue=self.dead_letters,
                    retry_attempts=10,
                    max_event_age=cdk.Duration.hours(6),
                ),
            )


def _service_of_this_account(service: str) -> iam.IPrincipal:
    """Trust the service, but not when another account makes it act."""
    return iam.ServicePrincipal(
        service, conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}}
    )


def _read_organization(organization: OrganizationSettings) -> Sequence[iam.PolicyStatement]:
    """List the accounts from the hub, and read the rest where the management account lets us."""
    management = organization.management_account
    return [
        # These know no resources: they are about the organization that the caller belongs to.
        iam.PolicyStatement(
            actions=["organizations:DescribeOrganization", "organizations:ListAccounts"],
            resources=["*"],
        ),
        iam.PolicyStatement(
            actions=["sts:AssumeRole"],
            resources=[arn("iam", f"role/{READER_ROLE}", account=management)],
        ),
    ]
