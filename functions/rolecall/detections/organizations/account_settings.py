"""Settings of an account: regions, contacts, its name."""

from rolecall.model.detection_row import Case, Row
from rolecall.model.severity import Severity

_GUIDE = "https://docs.aws.amazon.com/accounts/latest/reference"

ROWS = (
    Row(
        id="region-switched",
        title="A region was switched on or off",
        severity=Severity.MEDIUM,
        source="account.amazonaws.com",
        calls={
            "DisableRegion": "switched region {regionName} off",
            "EnableRegion": "switched region {regionName} on",
        },
        why=(
            "In a region that nobody uses nobody looks, and its trail, detector and recorder are"
            " often not there."
        ),
        remediation=(
            "Ask who needs the region. If nobody does: switch it off, see what runs in it, and deny"
            " other regions by an SCP."
        ),
        references=(f"{_GUIDE}/manage-acct-regions.html",),
        attack=("T1535",),
        false_positives=("A planned move into a new region.",),
    ),
    Row(
        id="account-contact-changed",
        title="Whom AWS writes to about the account was changed",
        severity=Severity.MEDIUM,
        source="account.amazonaws.com",
        calls={
            "DeleteAlternateContact": "deleted the {alternateContactType} contact",
            "PutAccountName": "renamed the account",
            "PutAlternateContact": "changed the {alternateContactType} contact",
            "PutContactInformation": "changed the address of the account",
        },
        cases=(
            Case(severity=Severity.LOW, calls=("PutAccountName", "PutContactInformation")),
            Case(
                severity=Severity.LOW,
                calls=("PutAlternateContact",),
                parameter="alternateContactType",
                values=("BILLING", "OPERATIONS"),
            ),
        ),
        why="AWS writes to the security contact when it sees a key of yours in the open.",
        remediation=(
            "Put a mailbox there that somebody reads at any hour, and see who changed it and why."
        ),
        references=(f"{_GUIDE}/manage-acct-update-contact-alternate.html",),
        attack=("T1562",),
        false_positives=("Contacts that are set for all accounts from one place.",),
    ),
)
