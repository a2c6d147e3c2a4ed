"""Accounts that join, leave, move and close."""

from rolecall.model.detection_row import Case, Row
from rolecall.model.severity import Severity

_SOURCE = "organizations.amazonaws.com"
_GUIDE = "https://docs.aws.amazon.com/organizations/latest/userguide"

ROWS = (
    Row(
        id="organization-left",
        title="An account left its organization",
        severity=Severity.CRITICAL,
        # Whoever tries has credentials of the account in hand and no business to.
        refused=Severity.HIGH,
        source=_SOURCE,
        calls={"LeaveOrganization": "took its own account out of the organization"},
        why=(
            "With the organization go its SCPs, its trail and its audits: whoever takes an account"
            " out of it is no longer held or seen by anybody."
        ),
        remediation=(
            "Ask the owner of the account. If nobody planned it: invite the account again, take"
            " the actor's credentials away, and look at what it did before and since. An SCP that"
            " denies organizations:LeaveOrganization keeps it from happening."
        ),
        references=(
            f"{_GUIDE}/orgs_manage_accounts_leave-as-member.html",
            "https://stratus-red-team.cloud/attack-techniques/AWS/aws.defense-evasion.organizations-leave/",
        ),
        attack=("T1562.008",),
        false_positives=("An account that is handed over to another organization.",),
    ),
    Row(
        id="account-removed-or-moved",
        title="An account was moved, removed or closed",
        severity=Severity.HIGH,
        source=_SOURCE,
        calls={
            "CloseAccount": "closed account {accountId}",
            "MoveAccount": (
                "moved account {accountId} from {sourceParentId} to {destinationParentId}"
            ),
            "RemoveAccountFromOrganization": "took account {accountId} out of the organization",
        },
        cases=(Case(severity=Severity.MEDIUM, calls=("MoveAccount",)),),
        why=(
            "In another unit other guardrails hold, or none; outside the organization nobody sees"
            " the account any more."
        ),
        remediation=(
            "Ask who runs the organization. If nobody planned it: move the account back, or invite"
            " it again. What a move allows, `permissions-granted` tells."
        ),
        references=(f"{_GUIDE}/orgs_manage_accounts.html",),
        attack=("T1562.008", "T1531"),
        false_positives=("Accounts that get another owner or that are given up.",),
    ),
    Row(
        id="organization-changed",
        title="The organization itself was made, changed or deleted",
        severity=Severity.HIGH,
        source=_SOURCE,
        calls={
            "CreateOrganization": "made an organization",
            "DeleteOrganization": "deleted the organization",
            "EnableAllFeatures": "asked for all features of the organization",
            "InviteOrganizationToTransferResponsibility": "offered to pay for an organization",
            "TerminateResponsibilityTransfer": "ended who pays for an organization",
            "UpdateResponsibilityTransfer": "changed who pays for an organization",
        },
        cases=(
            Case(severity=Severity.CRITICAL, calls=("DeleteOrganization",)),
            Case(severity=Severity.MEDIUM, calls=("EnableAllFeatures",)),
        ),
        why="Guardrails, trail and audits of all accounts hang on it.",
        remediation="Ask who runs the organization. If nobody planned it, ask AWS Support.",
        references=(f"{_GUIDE}/orgs_manage_org.html",),
        attack=("T1562.008",),
        false_positives=("The set-up of an organization.",),
    ),
    Row(
        id="account-joined",
        title="An account was made, or joins the organization",
        severity=Severity.LOW,
        source=_SOURCE,
        calls={
            "AcceptHandshake": "accepted handshake {handshakeId}",
            "CreateAccount": "made account {accountName}",
            "CreateGovCloudAccount": "made account {accountName} in GovCloud",
            "InviteAccountToOrganization": "invited {target.id} into the organization",
        },
        cases=(
            Case(
                severity=Severity.MEDIUM, calls=("AcceptHandshake", "InviteAccountToOrganization")
            ),
        ),
        why="A new account is trusted by whatever trusts the organization.",
        remediation="Ask who runs the organization. What nobody knows: take it out again.",
        references=(f"{_GUIDE}/orgs_manage_accounts_create.html",),
        attack=("T1535",),
        false_positives=("The account factory.",),
    ),
    Row(
        id="organizational-unit-changed",
        title="An organizational unit was made, renamed or deleted",
        severity=Severity.LOW,
        source=_SOURCE,
        calls={
            "CreateOrganizationalUnit": "made unit {name} under {parentId}",
            "DeleteOrganizationalUnit": "deleted unit {organizationalUnitId}",
            "UpdateOrganizationalUnit": "renamed unit {organizationalUnitId} to {name}",
        },
        why="Guardrails hang on units: whoever renames or empties one hides what holds where.",
        remediation="Nothing, where whoever runs the organization planned it.",
        references=(f"{_GUIDE}/orgs_manage_ous.html",),
        attack=("T1484",),
        false_positives=("Deployments that manage the organization as code.",),
    ),
)
