"""Accounts that join, leave, move and close."""

from rolecall.model.detection_row import Row
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
)
