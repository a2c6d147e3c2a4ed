"""The functions that the audit state machine calls, each with what it may do."""

from collections.abc import Sequence

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.config import DeploymentSettings, OrganizationSettings
from infra.findings_store import FindingsStore
from infra.lambda_function import PythonFunction, Runtime
from infra.names import READER_ROLE, arn
from rolecall.model.rule import AUDITS

# An Express child may run for five minutes in all, retries included.
# https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
_CHECK_TIMEOUT = cdk.Duration.minutes(4)
_RECONCILE = ("Query", "BatchWriteItem")
"""What comparing an account's findings with the stored ones takes."""
_RECORDING_AUDIT = "over-privilege"
"""The audit that keeps records of principals."""
_COVER = ("BatchGetItem", "GetItem", "PutItem", "Query")
"""What keeping the coverage takes, with the organization and the stored exceptions beside it."""


class AuditFunctions(Construct):
    """One function lists the accounts, one for each audit checks them, one writes the coverage."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        runtime: Runtime,
        store: FindingsStore,
        settings: DeploymentSettings,
    ) -> None:
        """Let the check functions reach every account of the organization, or the own one."""
        super().__init__(scope, id_)
        self._runtime = runtime
        self._store = store
        self._settings = settings
        organization = settings.organization
        self._organization = {"ROLECALL_ORGANIZATION_ID": organization.id} if organization else {}
        self.list_accounts = self._create_list_accounts()
        self.checks = {audit: self._create_check(audit) for audit in AUDITS}
        self.write_coverage = self._create_write_coverage()

    @property
    def all(self) -> Sequence[PythonFunction]:
        """Every function that the state machine calls."""
        return [self.list_accounts, *self.checks.values(), self.write_coverage]

    def _create_list_accounts(self) -> PythonFunction:
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
                *self._read_organization(),
                *self._store.permit(coverage=("PutItem",)),
            ],
        )

    def _create_check(self, audit: str) -> PythonFunction:
        is_recording = audit == _RECORDING_AUDIT
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
                **(self._recording_variables() if is_recording else {}),
                **self._organization,
                "ROLECALL_READER_ROLE": READER_ROLE,
                "ROLECALL_PER_USER_CALLS": str(self._settings.audits.per_user_calls).lower(),
            },
            permissions=[
                assume_reader(self._settings.organization),
                *self._store.permit(findings=_RECONCILE, coverage=_COVER),
                *(self._store.permit_recording() if is_recording else ()),
            ],
        )

    def _recording_variables(self) -> dict[str, str]:
        return {**self._store.principals_variable, **self._store.changes_variable}

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

    def _read_organization(self) -> Sequence[iam.PolicyStatement]:
        """List the accounts from the hub; read the rest where the management account lets us."""
        organization = self._settings.organization
        if organization is None:
            return []
        reader = arn("iam", f"role/{READER_ROLE}", account=organization.management_account)
        return [
            # These know no resources: they are about the organization that the caller belongs to.
            iam.PolicyStatement(
                actions=["organizations:DescribeOrganization", "organizations:ListAccounts"],
                resources=["*"],
            ),
            iam.PolicyStatement(actions=["sts:AssumeRole"], resources=[reader]),
        ]


def assume_reader(organization: OrganizationSettings | None) -> iam.PolicyStatement:
    """Permit to assume our role: whatever an account is called, it has no other that we may."""
    account = "*" if organization else cdk.Aws.ACCOUNT_ID
    reader = arn("iam", f"role/{READER_ROLE}", account=account)
    return iam.PolicyStatement(actions=["sts:AssumeRole"], resources=[reader])
