"""The tables: findings with their stream, coverage, principals, changes, activity."""

from collections.abc import Mapping
from typing import Any

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.encryption import TABLE, EncryptionKey
from infra.names import (
    ACTIVITY_TABLE,
    CHANGES_TABLE,
    COVERAGE_TABLE,
    FINDINGS_TABLE,
    PRINCIPALS_TABLE,
)

_INDEXES = {
    "by-resource": ("resource_arn", "changed_at"),
    "by-principal": ("principal_arn", "changed_at"),
    "by-rule": ("rule", "changed_at"),
    # The attribute exists only while the finding is open, so the index holds nothing else.
    "open-by-severity": ("open_severity", "changed_at"),
    "by-day": ("changed_on", "changed_at"),
}
_PRINCIPALS_INDEXES = {
    # These attributes exist only where they are asked for: an index holds nothing else.
    "by-policy": ("policy_arn", "principal_arn"),
    "by-rank": ("rank", "principal_arn"),
}
_DIGESTS = "digests"
"""The index that audits compare with: keys alone, a hundredth of what the records take."""


class FindingsStore(Construct):
    """What is known: tables of findings, of what could be seen, and of users and roles."""

    def __init__(self, scope: Construct, id_: str, *, key: EncryptionKey, protect: bool) -> None:
        """Create the tables; protected ones refuse to be deleted and outlive the stack."""
        super().__init__(scope, id_)
        self._key = key
        self._protect = protect
        self.findings = self._table(
            "Findings",
            FINDINGS_TABLE,
            sort_key="id",
            time_to_live_attribute="expires_at",
            dynamo_stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
        )
        _add_indexes(self.findings, _INDEXES)
        self.coverage = self._table("Coverage", COVERAGE_TABLE, sort_key="audit")
        self.principals = self._principals()
        self.changes = self._table(
            "Changes", CHANGES_TABLE, sort_key="id", time_to_live_attribute="expires_at"
        )
        self.activity = self._table(
            "Activity", ACTIVITY_TABLE, sort_key="id", time_to_live_attribute="expires_at"
        )

    @property
    def findings_variable(self) -> Mapping[str, str]:
        """The environment variable that names the table of findings."""
        return {"ROLECALL_FINDINGS_TABLE": self.findings.table_name}

    @property
    def coverage_variable(self) -> Mapping[str, str]:
        """The environment variable that names the table of coverage."""
        return {"ROLECALL_COVERAGE_TABLE": self.coverage.table_name}

    @property
    def principals_variable(self) -> Mapping[str, str]:
        """The environment variable that names the table of principals."""
        return {"ROLECALL_PRINCIPALS_TABLE": self.principals.table_name}

    @property
    def changes_variable(self) -> Mapping[str, str]:
        """The environment variable that names the table of changes."""
        return {"ROLECALL_CHANGES_TABLE": self.changes.table_name}

    @property
    def activity_variable(self) -> Mapping[str, str]:
        """The environment variable that names the table of what is remembered of events."""
        return {"ROLECALL_ACTIVITY_TABLE": self.activity.table_name}

    def permit(
        self, *, findings: tuple[str, ...] = (), coverage: tuple[str, ...] = ()
    ) -> list[iam.PolicyStatement]:
        """Permit these operations on the tables (never on the indexes), such as `PutItem`."""
        wanted = ((self.findings, findings), (self.coverage, coverage))
        return [
            *(_allow(operations, table.table_arn) for table, operations in wanted if operations),
            self._key.through("dynamodb", TABLE),
        ]

    def permit_recording(self) -> list[iam.PolicyStatement]:
        """Permit to compare principals with their digests, and to read and write what differs.

        With what tells who made the difference, and to add it as a finding. The key is permitted
        with the other tables.
        """
        return [
            _allow(("PutItem",), self.findings.table_arn),
            _allow(("Query",), f"{self.principals.table_arn}/index/{_DIGESTS}"),
            _allow(("BatchGetItem", "BatchWriteItem"), self.principals.table_arn),
            self.allow_changes("GetItem", "PutItem", "Query"),
        ]

    def allow_remembering(self) -> iam.PolicyStatement:
        """Permit to keep the trace of an event and to read those around it."""
        return _allow(("GetItem", "UpdateItem"), self.activity.table_arn)

    def allow_asking(self) -> iam.PolicyStatement:
        """Permit to read what is kept of one user or role; the key is permitted with others."""
        return _allow(("GetItem",), self.principals.table_arn)

    def allow_changes(self, *operations: str) -> iam.PolicyStatement:
        """Permit operations on the table of changes; the key is permitted with other tables."""
        return _allow(operations, self.changes.table_arn)

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

    def _principals(self) -> dynamodb.TableV2:
        table = self._table(
            "Principals",
            PRINCIPALS_TABLE,
            sort_key="id",
            # Written on change and read by digest: nearly all that it costs is its size.
            table_class=dynamodb.TableClass.STANDARD_INFREQUENT_ACCESS,
        )
        _add_indexes(table, _PRINCIPALS_INDEXES)
        table.add_global_secondary_index(
            index_name=_DIGESTS,
            partition_key=_text("account_id"),
            sort_key=_text("digest"),
            projection_type=dynamodb.ProjectionType.KEYS_ONLY,
        )
        return table

    def _table(
        self,
        id_: str,
        name: str,
        *,
        sort_key: str,
        **properties: Any,  # noqa: ANN401 - further properties of the construct
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
            **properties,
        )


def removal_policy(*, protect: bool) -> cdk.RemovalPolicy:
    """Say what becomes of data when its stack is deleted."""
    return cdk.RemovalPolicy.RETAIN if protect else cdk.RemovalPolicy.DESTROY


def _add_indexes(table: dynamodb.TableV2, indexes: Mapping[str, tuple[str, str]]) -> None:
    for name, (partition, sort) in indexes.items():
        table.add_global_secondary_index(
            index_name=name, partition_key=_text(partition), sort_key=_text(sort)
        )


def _allow(operations: tuple[str, ...], resource: str) -> iam.PolicyStatement:
    actions = [f"dynamodb:{operation}" for operation in operations]
    return iam.PolicyStatement(actions=actions, resources=[resource])


def _text(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
