"""From a CloudTrail event in any member account to the function that judges it."""

import aws_cdk as cdk
from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.config import DeploymentSettings, OrganizationSettings
from infra.event_rules import derive_rules
from infra.findings_store import FindingsStore
from infra.lambda_function import PythonFunction, Runtime
from infra.names import BUS, arn
from infra.permission_changes import PermissionChanges
from infra.queues import EncryptedQueue
from rolecall.catalog import COMPARISONS, DETECTIONS

_TIMEOUT = cdk.Duration.seconds(60)
_ATTEMPTS = 5


class EventIntake(Construct):
    """A bus that the organization may write to, rules from the catalog, a queue, `detect_event`."""

    def __init__(  # noqa: PLR0913 - what it is made of, each by its name
        self,
        scope: Construct,
        id_: str,
        *,
        runtime: Runtime,
        store: FindingsStore,
        changes: PermissionChanges,
        settings: DeploymentSettings,
    ) -> None:
        """Let the catalog decide which events reach the function."""
        super().__init__(scope, id_)
        self.dead_letters = EncryptedQueue(
            self, "DeadLetters", name="rolecall-events-dlq", key=runtime.key
        )
        self.queue = EncryptedQueue(
            self,
            "Queue",
            name="rolecall-events",
            key=runtime.key,
            # Six times the function's timeout, as Lambda advises.
            visibility_timeout=cdk.Duration.seconds(6 * _TIMEOUT.to_seconds()),
            dead_letter_queue=sqs.DeadLetterQueue(
                queue=self.dead_letters, max_receive_count=_ATTEMPTS
            ),
        )
        self.bus = self._create_bus(settings.organization)
        self._create_rules()
        self.detect_event = self._create_function(runtime, store, changes, settings)

    def _create_bus(self, organization: OrganizationSettings | None) -> events.EventBus:
        bus = events.EventBus(
            self, "Bus", event_bus_name=BUS, description="CloudTrail events that Rolecall judges"
        )
        bus.add_to_resource_policy(
            iam.PolicyStatement(
                sid="MembersMayForward",
                principals=[
                    iam.OrganizationPrincipal(organization.id)
                    if organization
                    else iam.AccountRootPrincipal()
                ],
                actions=["events:PutEvents"],
                resources=[bus.event_bus_arn],
            )
        )
        return bus

    def _create_rules(self) -> None:
        for rule in derive_rules((*DETECTIONS, *COMPARISONS)):
            events.CfnRule(
                self,
                rule.name,
                name=rule.name,
                description="Events that rules of Rolecall want",
                event_bus_name=self.bus.event_bus_name,
                event_pattern=rule.pattern,
                # Patterns name the calls they want; some that matter count as read-only.
                state="ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
                targets=[
                    events.CfnRule.TargetProperty(
                        id="queue",
                        arn=self.queue.queue_arn,
                        dead_letter_config=events.CfnRule.DeadLetterConfigProperty(
                            arn=self.dead_letters.queue_arn
                        ),
                    )
                ],
            )
        for queue in (self.queue, self.dead_letters):
            queue.add_to_resource_policy(_rules_may_send(queue))

    def _create_function(
        self,
        runtime: Runtime,
        store: FindingsStore,
        changes: PermissionChanges,
        settings: DeploymentSettings,
    ) -> PythonFunction:
        function = PythonFunction(
            self,
            "detect-event",
            runtime=runtime,
            description="Judges CloudTrail events by the detections",
            timeout=_TIMEOUT,
            environment=_variables(store, changes, settings),
            permissions=[
                *self.queue.permit_consuming(),
                # The coverage table holds the exceptions that people stored.
                *store.permit(findings=("PutItem",), coverage=("Query",)),
                store.allow_remembering(),
                store.allow_asking(),
                *changes.permit_noting(),
            ],
        )
        function.add_event_source(
            event_sources.SqsEventSource(
                self.queue, batch_size=10, max_concurrency=5, report_batch_item_failures=True
            )
        )
        return function


def _variables(
    store: FindingsStore, changes: PermissionChanges, settings: DeploymentSettings
) -> dict[str, str]:
    return {
        **store.findings_variable,
        **store.coverage_variable,
        **store.activity_variable,
        **store.principals_variable,
        **changes.noting_variables,
        **({"ROLECALL_ROLE_SESSIONS": "true"} if settings.role_sessions else {}),
    }


def _rules_may_send(queue: sqs.Queue) -> iam.PolicyStatement:
    rules = arn("events", f"rule/{BUS}/*", region=cdk.Aws.REGION, account=cdk.Aws.ACCOUNT_ID)
    return iam.PolicyStatement(
        sid="RulesMaySend",
        principals=[iam.ServicePrincipal("events.amazonaws.com")],
        actions=["sqs:SendMessage"],
        resources=[queue.queue_arn],
        conditions={"ArnLike": {"aws:SourceArn": rules}},
    )
