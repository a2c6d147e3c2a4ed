"""Three schedules and the one state machine that they start."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_scheduler as scheduler
from aws_cdk import aws_scheduler_targets as scheduler_targets
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from infra.audit_definition import AuditDefinition
from infra.audit_functions import AuditFunctions
from infra.config import DeploymentSettings
from infra.findings_store import FindingsStore
from infra.lambda_function import Runtime, encrypted_log_group
from infra.names import AUDIT_STATE_MACHINE, arn
from infra.queues import EncryptedQueue

# https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy
_DELIVER_LOGS = [
    "logs:CreateLogDelivery",
    "logs:DeleteLogDelivery",
    "logs:DescribeLogGroups",
    "logs:DescribeResourcePolicies",
    "logs:GetLogDelivery",
    "logs:ListLogDeliveries",
    "logs:PutResourcePolicy",
    "logs:UpdateLogDelivery",
]


class Audits(Construct):
    """schedule -> list accounts -> for every account: the audit's check function -> coverage."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        runtime: Runtime,
        store: FindingsStore,
        settings: DeploymentSettings,
    ) -> None:
        """Run every audit at its time, over all active accounts."""
        super().__init__(scope, id_)
        self.functions = AuditFunctions(
            self, "Functions", runtime=runtime, store=store, settings=settings
        )
        definition = AuditDefinition(self, functions=self.functions, settings=settings.audits)
        self.state_machine = self._create_state_machine(runtime, definition)
        self.dead_letters = EncryptedQueue(
            self, "DeadLetters", name="rolecall-schedules-dlq", key=runtime.key
        )
        role = self._create_schedules_role()
        for audit, expression in settings.audits.schedules.items():
            self._create_schedule(audit, expression, role)

    def _create_state_machine(
        self, runtime: Runtime, definition: AuditDefinition
    ) -> sfn.StateMachine:
        log_group = encrypted_log_group(
            self, "Log", name=f"/aws/vendedlogs/states/{AUDIT_STATE_MACHINE}", runtime=runtime
        )
        machine = sfn.StateMachine(
            self,
            "StateMachine",
            state_machine_name=AUDIT_STATE_MACHINE,
            comment="Audits every account of the organization",
            definition_body=sfn.DefinitionBody.from_chainable(definition.states()),
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
        functions = [function.function_arn for function in self.functions.all]
        machine = arn("states", f"stateMachine:{AUDIT_STATE_MACHINE}", **here)
        executions = arn("states", f"execution:{AUDIT_STATE_MACHINE}:*", **here)
        return _role(
            self,
            "Role",
            name=AUDIT_STATE_MACHINE,
            service="states.amazonaws.com",
            statements=[
                _allow(["lambda:InvokeFunction"], functions),
                # The map starts children of the machine itself, and stops them when it gives up.
                # https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
                _allow(["states:StartExecution"], [machine]),
                _allow(["states:DescribeExecution", "states:StopExecution"], [executions]),
                # Deliveries of logs know no resources.
                _allow(_DELIVER_LOGS, ["*"]),
            ],
        )

    def _create_schedules_role(self) -> iam.IRole:
        return _role(
            self,
            "SchedulesRole",
            name="rolecall-schedules",
            service="scheduler.amazonaws.com",
            statements=[
                _allow(["states:StartExecution"], [self.state_machine.state_machine_arn]),
                *self.dead_letters.permit_sending(),
            ],
        )

    def _create_schedule(self, audit: str, expression: str, role: iam.IRole) -> None:
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


def _allow(actions: list[str], resources: list[str]) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=actions, resources=resources)


def _role(
    scope: Construct, id_: str, *, name: str, service: str, statements: list[iam.PolicyStatement]
) -> iam.IRole:
    """Create a role that the service assumes for this account and no other, and that is final."""
    role = iam.Role(
        scope,
        id_,
        role_name=name,
        description=f"What {name} may do",
        assumed_by=iam.ServicePrincipal(
            service, conditions={"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}}
        ),
        inline_policies={"permissions": iam.PolicyDocument(statements=statements)},
    )
    return role.without_policy_updates()
