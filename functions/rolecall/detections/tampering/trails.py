"""CloudTrail: what records who did what."""

from rolecall.model.detection_row import About, Case, Row
from rolecall.model.severity import Severity

_GUIDE = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide"
_STRATUS = "https://stratus-red-team.cloud/attack-techniques/AWS"
_TRAIL = About("AwsCloudTrailTrail", "trail/{name}", service="cloudtrail")

ROWS = (
    Row(
        id="trail-stopped",
        title="A trail of CloudTrail was stopped or deleted",
        severity=Severity.CRITICAL,
        # Whoever tries knows what comes next.
        refused=Severity.HIGH,
        source="cloudtrail.amazonaws.com",
        calls={
            "DeleteEventDataStore": "deleted event data store {eventDataStore}",
            "DeleteTrail": "deleted trail {name}",
            "StopEventDataStoreIngestion": "stopped event data store {eventDataStore}",
            "StopLogging": "stopped trail {name}",
        },
        about=_TRAIL,
        why=(
            "What is done from now on stands in no log. EventBridge still gets the events that"
            " this monitor reads as long as one trail records; after that nobody is told anything."
        ),
        remediation=(
            "Start the trail again (aws cloudtrail start-logging), or make it anew. If nobody"
            " planned it: take the actor's credentials away, and look at all that it did. An SCP"
            " that denies these calls to all but one role keeps it from happening."
        ),
        references=(
            f"{_GUIDE}/cloudtrail-turning-off-logging.html",
            f"{_STRATUS}/aws.defense-evasion.cloudtrail-stop/",
            f"{_STRATUS}/aws.defense-evasion.cloudtrail-delete/",
        ),
        attack=("T1562.008",),
        false_positives=("A trail that another one has replaced.",),
    ),
    Row(
        id="trail-changed",
        title="What a trail of CloudTrail records was changed",
        severity=Severity.HIGH,
        source="cloudtrail.amazonaws.com",
        calls={
            "DeregisterOrganizationDelegatedAdmin": (
                "took the organization's trails from account {delegatedAdminAccountId}"
            ),
            "PutEventSelectors": "changed which events trail {trailName} records",
            "PutInsightSelectors": "changed which insights trail {trailName} looks for",
            "RegisterOrganizationDelegatedAdmin": (
                "gave the organization's trails to account {memberAccountId}"
            ),
            "UpdateEventDataStore": "changed event data store {eventDataStore}",
            "UpdateTrail": "changed trail {name}",
        },
        about=_TRAIL,
        cases=(
            Case(
                severity=Severity.CRITICAL,
                parameter="eventSelectors.includeManagementEvents",
                values=("false",),
            ),
            Case(severity=Severity.CRITICAL, parameter="isMultiRegionTrail", values=("false",)),
            Case(severity=Severity.LOW, calls=("PutInsightSelectors",)),
        ),
        why=(
            "A trail that still runs and no longer records management events, or one region only,"
            " looks well and sees nothing. Another bucket or key puts its files where you do not"
            " look."
        ),
        remediation=(
            "Compare the trail with how it is meant to be: all regions, management events, your"
            " bucket and key. If nobody planned the change: undo it, and look at what the actor"
            " did since."
        ),
        references=(
            f"{_GUIDE}/logging-management-events-with-cloudtrail.html",
            f"{_STRATUS}/aws.defense-evasion.cloudtrail-event-selectors/",
        ),
        attack=("T1562.008",),
        false_positives=("Deployments that manage the trail as code.",),
    ),
)
