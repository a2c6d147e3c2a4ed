"""The one customer managed key that encrypts everything the hub stores."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

from infra.names import KEY_ALIAS, arn

ENVELOPE = ("kms:Decrypt", "kms:GenerateDataKey")
"""What writing to an encrypted queue or topic takes."""
# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
TABLE = (
    *ENVELOPE,
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKeyWithoutPlaintext",
    "kms:ReEncryptFrom",
    "kms:ReEncryptTo",
)
"""What reading and writing an encrypted table takes."""


class EncryptionKey(kms.Key):
    """A key that rotates, with a policy that names each AWS service and what it may do."""

    def __init__(self, scope: Construct, id_: str, *, removal_policy: cdk.RemovalPolicy) -> None:
        """Let CloudWatch Logs, CloudWatch alarms and EventBridge use the key for our resources."""
        super().__init__(
            scope,
            id_,
            alias=KEY_ALIAS,
            description="Rolecall: findings, coverage, queues, topics and logs",
            enable_key_rotation=True,
            pending_window=cdk.Duration.days(7),
            removal_policy=removal_policy,
        )
        here = {"region": cdk.Aws.REGION, "account": cdk.Aws.ACCOUNT_ID}
        log_groups = [arn("logs", f"log-group:/aws/{kind}/rolecall-*", **here) for kind in _LOGS]
        self._let(
            f"logs.{cdk.Aws.REGION}.amazonaws.com",
            TABLE,
            {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_groups}},
        )
        self._let(
            "cloudwatch.amazonaws.com",
            ENVELOPE,
            {"StringEquals": {"aws:SourceAccount": cdk.Aws.ACCOUNT_ID}},
        )
        # No conditions: EventBridge sends KMS neither aws:SourceArn nor aws:SourceAccount, as AWS
        # says where it speaks of topics; with them every event would be dropped.
        # https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
        self._let("events.amazonaws.com", ENVELOPE, {})

    def through(self, service: str, actions: tuple[str, ...]) -> iam.PolicyStatement:
        """Permit use of the key, but only by way of the service."""
        return iam.PolicyStatement(
            actions=sorted(actions),
            resources=[self.key_arn],
            conditions={
                "StringEquals": {"kms:ViaService": f"{service}.{cdk.Aws.REGION}.amazonaws.com"}
            },
        )

    def _let(
        self, service: str, actions: tuple[str, ...], conditions: dict[str, dict[str, object]]
    ) -> None:
        self.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal(service)],
                actions=sorted(actions),
                resources=["*"],  # in a key policy: this key
                conditions=conditions,
            )
        )


_LOGS = ("lambda", "vendedlogs/states")
