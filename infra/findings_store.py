"""The tables: findings with their stream and indexes, and the coverage of the audits."""

from collections.abc import Mapping

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.encryption import TABLE, EncryptionKey
from infra.names import COVERAGE_TABLE, FINDINGS_TABLE

_INDEXES = {
    "by-resource": ("resource_arn", "changed_at"),
    "by-principal": ("principal_arn", "changed_at"),
    "by-rule": ("rule", "changed_at"),
    # The attribute exists only while the finding is open, so the index holds nothing else.
    "open-by-severity": ("open_severity", "changed_at"),
    "by-day": ("changed_on", "changed_at"),
}


class FindingsStore(Construct):
    """What is known: one table of findings, one of what could be seen."""

    def __init__(self, scope: Construct, id_: str, *, key: EncryptionKey, protect: bool) -> None:
        """Create both tables; protected ones refuse to be deleted and outlive the stack."""
        super().__init__(scope, id_)
        self._key = key
        self._protect = protect
        self.findings = self._table(
            "Findings",
            FINDINGS_TABLE,
            sort_key="id",
            time_to_live_attribute="expires_at",
            stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
        )
        for name, (partition, sort) in _INDEXES.items():
            self.findings.add_global_secondary_index(
                index_name=name, partition_key=_text(partition), sort_key=_text(sort)
            )
        self.coverage = self._table("Coverage", COVERAGE_TABLE, sort_key="audit")

    @property
    def findings_variable(self) -> Mapping[str, str]:
        """The environment variable that names the table of findings."""
        return {"ROLECALL_FINDINGS_TABLE": self.findings.table_name}

    @property
    def coverage_variable(self) -> Mapping[str, str]:
        """The environment variable that names the table of coverage."""
        return {"ROLECALL_COVERAGE_TABLE": self.coverage.table_name}

    def permit(
        self, *, findings: tuple[str, ...] = (), coverage: tuple[str, ...] = ()
    ) -> list[iam.PolicyStatement]:
        """Permit these operations on the tables (never on the indexes), such as `PutItem`."""
        wanted = ((self.findings, findings), (self.coverage, coverage))
        return [
            *(
                iam.PolicyStatement(
                    actions=[f"dynamodb:{operation}" for operation in operations],
                    resources=[table.table_arn],
                )
                for table, operations in wanted
                if operations
            ),
            self._key.through("dynamodb", TABLE),
        ]

    def permit_streaming(self) -> list[iam.PolicyStatement]:
        """Permit what an event source mapping does with the stream of findings."""
        stream = self.findings.table_stream_arn
        assert stream is not None  # noqa: S101 - says to the type checker that there is one
        read = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
        return [
            iam.PolicyStatement(actions=read, resources=[stream]),
            # ListStreams knows no resources: it lists the streams of the account.
            iam.PolicyStatement(actions=["dynamodb:ListStreams"], resources=["*"]),
            self._key.through("dynamodb", ("kms:Decrypt",)),
        ]

    def _table(
        self,
        id_: str,
        name: str,
        *,
        sort_key: str,
        time_to_live_attribute: str | None = None,
        stream: dynamodb.StreamViewType | None = None,
    ) -> dynamodb.TableV2:
        return dynamodb.TableV2(
            self,
            id_,
            table_name=name,
            partition_key=_text("account_id"),
            sort_key=_text(sort_key),
            billing=dynamodb.Billing.on_demand(),
            encryption=dynamodb.TableEncryptionV2.customer_managed_key(self._key),
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=self._protect,
            removal_policy=removal_policy(protect=self._protect),
            time_to_live_attribute=time_to_live_attribute,
            dynamo_stream=stream,
        )


def removal_policy(*, protect: bool) -> cdk.RemovalPolicy:
    """Say what becomes of data when its stack is deleted."""
    return cdk.RemovalPolicy.RETAIN if protect else cdk.RemovalPolicy.DESTROY


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
