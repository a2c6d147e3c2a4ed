"""From a write to the findings table to a message for people and machines."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from infra.config import DeploymentSettings
from infra.encryption import ENVELOPE, EncryptionKey
from infra.findings_store import FindingsStore
from infra.lambda_function import PythonFunction, Runtime
from infra.queues import EncryptedQueue


class EncryptedTopic(sns.Topic):
    """A topic that accepts TLS only, with one e-mail subscription for each address."""

    def __init__(  # noqa: PLR0913 - what it is made of, each by its name
        self,
        scope: Construct,
        id_: str,
        *,
        name: str,
        display_name: str,
        key: EncryptionKey,
        emails: tuple[str, ...],
    ) -> None:
        """Create the topic; AWS asks each address to confirm."""
        super().__init__(
            scope,
            id_,
            topic_name=name,
            display_name=display_name,
            master_key=key,
            enforce_ssl=True,
        )
        for email in emails:
            self.add_subscription(subscriptions.EmailSubscription(email))


class Notifications(Construct):
    """The table's stream, `notify`, and the topic that subscribers filter."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        runtime: Runtime,
        store: FindingsStore,
        settings: DeploymentSettings,
    ) -> None:
        """Tell each address what `notify` calls news."""
        super().__init__(scope, id_)
        self.topic = EncryptedTopic(
            self,
            "Topic",
            name="rolecall-findings",
            display_name="Rolecall findings",
            key=runtime.key,
            emails=settings.emails,
        )
        self.dead_letters = EncryptedQueue(
            self, "DeadLetters", name="rolecall-notify-dlq", key=runtime.key
        )
        self.notify = self._create_function(runtime, store)
        self._follow_stream(store)

    def _create_function(self, runtime: Runtime, store: FindingsStore) -> PythonFunction:
        return PythonFunction(
            self,
            "notify",
            runtime=runtime,
            description="Tells what is news among the changes of findings",
            timeout=cdk.Duration.seconds(60),
            environment={"ROLECALL_TOPIC_ARN": self.topic.topic_arn},
            permissions=[
                *store.permit_streaming(),
                iam.PolicyStatement(actions=["sns:Publish"], resources=[self.topic.topic_arn]),
                runtime.key.through("sns", ENVELOPE),
                *self.dead_letters.permit_sending(),
            ],
        )

    def _follow_stream(self, store: FindingsStore) -> None:
        self.notify.add_event_source(
            event_sources.DynamoEventSource(
                store.findings,
                # From the first write on: what happens while the stack is created is news too.
                starting_position=lambda_.StartingPosition.TRIM_HORIZON,
                # The news of five seconds of an audit, some 25 accounts, becomes one message; an
                # event's own message waits that long at most.
                batch_size=1000,
                max_batching_window=cdk.Duration.seconds(5),
                bisect_batch_on_error=True,
                retry_attempts=5,
                report_batch_item_failures=True,
                on_failure=event_sources.SqsDlq(self.dead_letters),
                # Findings that expire are removed, which is no news.
                filters=[
                    lambda_.FilterCriteria.filter(
                        {"eventName": lambda_.FilterRule.or_("INSERT", "MODIFY")}
                    )
                ],
            )
        )
