"""From an event that may have changed permissions to a look at its account, a minute later."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda_event_sources as event_sources
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.audit_functions import assume_reader
from infra.config import DeploymentSettings
from infra.findings_store import FindingsStore
from infra.lambda_function import PythonFunction, Runtime
from infra.names import READER_ROLE
from infra.queues import EncryptedQueue

_TIMEOUT = cdk.Duration.minutes(2)
# Until a look succeeds or is given up, no other look at the account begins.
_ATTEMPTS = 3
_DELAY = cdk.Duration.seconds(60)
"""As long as the minute within which `SQSLooks` asks once: then the look comes after all of it."""
_LOOKS_AT_ONCE = 5


class PermissionChanges(Construct):
    """A queue of accounts, at most one message an account and minute, and who looks at them."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        runtime: Runtime,
        store: FindingsStore,
        settings: DeploymentSettings,
    ) -> None:
        """Look at one account at a time, and at several accounts at once."""
        super().__init__(scope, id_)
        self.dead_letters = EncryptedQueue(
            self, "DeadLetters", name="rolecall-changes-dlq", key=runtime.key, is_fifo=True
        )
        self.queue = EncryptedQueue(
            self,
            "Queue",
            name="rolecall-changes",
            key=runtime.key,
            is_fifo=True,
            delivery_delay=_DELAY,
            # Six times the function's timeout, as Lambda advises.
            visibility_timeout=cdk.Duration.seconds(6 * _TIMEOUT.to_seconds()),
            dead_letter_queue=sqs.DeadLetterQueue(
                queue=self.dead_letters, max_receive_count=_ATTEMPTS
            ),
        )
        self._store = store
        self.weigh_changes = self._create_function(runtime, settings)

    @property
    def noting_variables(self) -> dict[str, str]:
        """The environment variables of the function that notes changes."""
        return {
            **self._store.changes_variable,
            "ROLECALL_CHANGES_QUEUE_URL": self.queue.queue_url,
        }

    def permit_noting(self) -> list[iam.PolicyStatement]:
        """Permit to keep a change, and to ask for a look; the key of tables is permitted there."""
        return [self._store.allow_changes("PutItem"), *self.queue.permit_sending()]

    def _create_function(self, runtime: Runtime, settings: DeploymentSettings) -> PythonFunction:
        function = PythonFunction(
            self,
            "weigh-changes",
            runtime=runtime,
            description="Tells what changes of permissions in one account granted",
            timeout=_TIMEOUT,
            # It reads and judges what the audit of permissions does.
            memory_mb=512,
            environment=self._variables(settings),
            permissions=[
                assume_reader(settings.organization),
                *self.queue.permit_consuming(),
                # The coverage table holds the organization, and the exceptions that people stored.
                *self._store.permit(coverage=("GetItem", "Query")),
                *self._store.permit_recording(),
            ],
        )
        function.add_event_source(
            event_sources.SqsEventSource(self.queue, batch_size=1, max_concurrency=_LOOKS_AT_ONCE)
        )
        return function

    def _variables(self, settings: DeploymentSettings) -> dict[str, str]:
        store, organization = self._store, settings.organization
        return {
            **({"ROLECALL_ORGANIZATION_ID": organization.id} if organization else {}),
            "ROLECALL_READER_ROLE": READER_ROLE,
            **store.findings_variable,
            **store.coverage_variable,
            **store.principals_variable,
            **store.changes_variable,
        }
