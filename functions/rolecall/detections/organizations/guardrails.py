"""Policies of the organization, and who may administer it."""

from rolecall.model.detection_row import Case, Row
from rolecall.model.severity import Severity

_SOURCE = "organizations.amazonaws.com"
_GUIDE = "https://docs.aws.amazon.com/organizations/latest/userguide"

ROWS = (
    Row(
        id="guardrail-removed",
        title="A policy of the organization was taken away",
        severity=Severity.HIGH,
        refused=Severity.MEDIUM,
        source=_SOURCE,
        calls={
            "DeletePolicy": "deleted policy {policyId}",
            "DetachPolicy": "took policy {policyId} from {targetId}",
            "DisablePolicyType": "switched {policyType} off for root {rootId}",
        },
        cases=(Case(severity=Severity.CRITICAL, calls=("DisablePolicyType",)),),
        why=(
            "What an SCP or RCP denied is allowed from now on to everybody whose policies give it,"
            " in every account under the target."
        ),
        remediation=(
            "Attach it again if nobody planned this. What it had blocked and for whom,"
            " `permissions-granted` tells for each account when the audit has run."
        ),
        references=(f"{_GUIDE}/orgs_manage_policies_scps.html",),
        attack=("T1562", "T1484"),
        false_positives=("Deployments that manage guardrails as code.",),
    ),
    Row(
        id="guardrail-changed",
        title="A policy of the organization was written or attached",
        severity=Severity.MEDIUM,
        source=_SOURCE,
        calls={
            "AttachPolicy": "attached policy {policyId} to {targetId}",
            "CreatePolicy": "made policy {name} ({type})",
            "EnablePolicyType": "switched {policyType} on for root {rootId}",
            "UpdatePolicy": "changed policy {policyId}",
        },
        cases=(
            Case(severity=Severity.LOW, calls=("AttachPolicy", "CreatePolicy", "EnablePolicyType")),
        ),
        why="A guardrail that was rewritten may hold nobody any more, under the old name.",
        remediation=(
            "Compare it with the version that was agreed on. What the change allows or takes away,"
            " `permissions-granted` and `permissions-lost` tell."
        ),
        references=(f"{_GUIDE}/orgs_manage_policies_scps.html",),
        attack=("T1484",),
        false_positives=("Deployments that manage guardrails as code.",),
    ),
    Row(
        id="delegated-administrator-changed",
        title="An account may administer a service for the organization, or the organization",
        severity=Severity.HIGH,
        source=_SOURCE,
        calls={
            "DeleteResourcePolicy": "deleted the delegation policy of the organization",
            "DeregisterDelegatedAdministrator": (
                "took the administration of {servicePrincipal} from account {accountId}"
            ),
            "PutResourcePolicy": "wrote the delegation policy of the organization",
            "RegisterDelegatedAdministrator": (
                "gave the administration of {servicePrincipal} to account {accountId}"
            ),
        },
        elsewhere={
            "guardduty.amazonaws.com": {
                "DisableOrganizationAdminAccount": (
                    "took GuardDuty's administration from account {adminAccountId}"
                ),
                "EnableOrganizationAdminAccount": (
                    "gave GuardDuty's administration to account {adminAccountId}"
                ),
            },
        },
        cases=(
            Case(
                severity=Severity.MEDIUM,
                calls=("DeleteResourcePolicy", "DeregisterDelegatedAdministrator"),
            ),
        ),
        why=(
            "A delegated administrator acts in all accounts through the service: of Identity Center"
            " it gives permission sets, of CloudFormation it deploys anything."
        ),
        remediation="Ask who runs the organization. If nobody planned it: deregister the account.",
        references=(f"{_GUIDE}/orgs_integrate_delegated_admin.html",),
        attack=("T1098",),
        false_positives=("The set-up of a service for the organization.",),
    ),
    Row(
        id="trusted-service-changed",
        title="A service may act in all accounts, or no longer",
        severity=Severity.MEDIUM,
        source=_SOURCE,
        calls={
            "DisableAWSServiceAccess": "stopped {servicePrincipal} from acting in all accounts",
            "EnableAWSServiceAccess": "let {servicePrincipal} act in all accounts",
        },
        why="Services that watch stop watching; others get roles of their own in every account.",
        remediation="Ask who runs the service for the organization, and undo what nobody planned.",
        references=(f"{_GUIDE}/orgs_integrate_services.html",),
        attack=("T1562",),
        false_positives=("The set-up of a service for the organization.",),
    ),
)
