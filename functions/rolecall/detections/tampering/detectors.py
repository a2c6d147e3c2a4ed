"""GuardDuty, Security Hub, Config and Access Analyzer: what watches beside this monitor."""

from rolecall.model.detection_row import About, Case, Row
from rolecall.model.severity import Severity

_DOCS = "https://docs.aws.amazon.com"

ROWS = (
    Row(
        id="guardduty-weakened",
        title="GuardDuty was switched off or told to look away",
        severity=Severity.HIGH,
        source="guardduty.amazonaws.com",
        calls={
            "ArchiveFindings": "archived findings of detector {detectorId}",
            "CreateFilter": "made filter {name} of detector {detectorId} ({action})",
            "CreateIPSet": "made list {name} of addresses that detector {detectorId} trusts",
            "CreateTrustedEntitySet": "made list {name} of what detector {detectorId} trusts",
            "DeleteDetector": "deleted detector {detectorId}",
            "DeleteMembers": "took accounts from detector {detectorId}",
            "DeletePublishingDestination": "stopped the export of detector {detectorId}",
            "DisassociateFromAdministratorAccount": (
                "took its account from the administrator of detector {detectorId}"
            ),
            "DisassociateMembers": "let accounts of detector {detectorId} go",
            "StopMonitoringMembers": "stopped detector {detectorId} in other accounts",
            "UpdateDetector": "changed detector {detectorId}",
            "UpdateFilter": "changed filter {filterName} of detector {detectorId} ({action})",
            "UpdateIPSet": "changed a list of addresses that detector {detectorId} trusts",
        },
        about=About("Other", "detector/{detectorId}", service="guardduty"),
        cases=(
            Case(severity=Severity.LOW, calls=("ArchiveFindings",)),
            Case(
                severity=Severity.LOW,
                calls=("CreateFilter", "UpdateFilter"),
                parameter="action",
                values=("NOOP",),
            ),
            Case(
                severity=Severity.LOW,
                calls=("UpdateDetector",),
                parameter="enable",
                values=("true",),
            ),
        ),
        why="Whoever knows that GuardDuty would tell of them switches it off first.",
        remediation=(
            "Switch it on again and take the filter or list away, unless its maker can say why it"
            " is there. Then look at what the actor did since."
        ),
        references=(
            f"{_DOCS}/guardduty/latest/ug/guardduty_suspend-disable.html",
            f"{_DOCS}/guardduty/latest/ug/findings_suppression-rule.html",
        ),
        attack=("T1562.001",),
        false_positives=("The team that runs GuardDuty, when it tunes it.",),
    ),
    Row(
        id="security-hub-weakened",
        title="Security Hub was switched off or its findings were put aside",
        severity=Severity.MEDIUM,
        source="securityhub.amazonaws.com",
        calls={
            "BatchDisableStandards": "switched standards off",
            "BatchUpdateFindings": "changed findings ({workflow.status})",
            "CreateAutomationRule": "made automation rule {ruleName}",
            "DeleteInsight": "deleted insight {insightArn}",
            "DisableOrganizationAdminAccount": (
                "took the administration from account {adminAccountId}"
            ),
            "DisableSecurityHub": "switched Security Hub off",
            "DisassociateFromAdministratorAccount": "took its account from the administrator",
            "UpdateFindings": "changed findings ({recordState})",
            "UpdateStandardsControl": "changed control {standardsControlArn} ({controlStatus})",
        },
        cases=(
            Case(
                severity=Severity.HIGH,
                calls=(
                    "DisableOrganizationAdminAccount",
                    "DisableSecurityHub",
                    "DisassociateFromAdministratorAccount",
                ),
            ),
            Case(
                severity=Severity.LOW,
                calls=("BatchUpdateFindings",),
                parameter="workflow.status",
                values=("NEW", "NOTIFIED", "RESOLVED"),
            ),
        ),
        is_everyday=True,
        why="A finding that is suppressed is a finding that nobody sees again.",
        remediation=(
            "Ask the actor why. If there is no reason: set the findings to new again, and look at"
            " what they say."
        ),
        references=(f"{_DOCS}/securityhub/latest/userguide/finding-workflow-status.html",),
        attack=("T1562.001",),
        false_positives=("People and programs that work through findings.",),
    ),
    Row(
        id="config-weakened",
        title="AWS Config was stopped or records less",
        severity=Severity.HIGH,
        source="config.amazonaws.com",
        calls={
            "DeleteAggregationAuthorization": "took the right to aggregate",
            "DeleteConfigRule": "deleted rule {configRuleName}",
            "DeleteConfigurationRecorder": "deleted recorder {configurationRecorderName}",
            "DeleteDeliveryChannel": "deleted delivery channel {deliveryChannelName}",
            "DeleteOrganizationConfigRule": "deleted rule {organizationConfigRuleName} of all",
            "DeleteRetentionConfiguration": "deleted retention {retentionConfigurationName}",
            "PutConfigurationRecorder": "changed recorder {configurationRecorder.name}",
            "StopConfigurationRecorder": "stopped recorder {configurationRecorderName}",
        },
        cases=(
            Case(
                severity=Severity.LOW,
                calls=("DeleteConfigRule", "DeleteRetentionConfiguration"),
            ),
            Case(severity=Severity.LOW, calls=("PutConfigurationRecorder",)),
        ),
        why="What nobody records, nobody can look up afterwards: not who had which right when.",
        remediation=(
            "Start the recorder again with all resource types, IAM's among them. If nobody planned"
            " it: look at what the actor changed meanwhile."
        ),
        references=(f"{_DOCS}/config/latest/developerguide/stop-start-recorder.html",),
        attack=("T1562.001",),
        false_positives=("Deployments that manage Config as code.",),
    ),
    Row(
        id="access-analyzer-weakened",
        title="Access Analyzer was removed or told to look away",
        severity=Severity.HIGH,
        source="access-analyzer.amazonaws.com",
        calls={
            "ApplyArchiveRule": "archived what rule {ruleName} matches",
            "CreateArchiveRule": "made archive rule {ruleName} of analyzer {analyzerName}",
            "DeleteAnalyzer": "deleted analyzer {analyzerName}",
            "UpdateAnalyzer": "changed analyzer {analyzerName}",
            "UpdateArchiveRule": "changed archive rule {ruleName} of analyzer {analyzerName}",
            "UpdateFindings": "changed findings ({status})",
        },
        about=About("Other", "analyzer/{analyzerName}", service="access-analyzer"),
        cases=(
            Case(
                severity=Severity.MEDIUM,
                calls=("ApplyArchiveRule", "CreateArchiveRule", "UpdateArchiveRule"),
            ),
            Case(
                severity=Severity.LOW,
                calls=("UpdateFindings",),
                parameter="status",
                values=("ACTIVE",),
            ),
            Case(severity=Severity.MEDIUM, calls=("UpdateFindings",)),
        ),
        why=(
            "The analyzer is what else would tell that a role or a bucket is open to somebody"
            " outside. An archive rule with wide criteria does the same as deleting it, and shows"
            " less."
        ),
        remediation=(
            "Make the analyzer again, or delete the rule, unless its maker can say which access it"
            " is about and why that is meant."
        ),
        references=(
            f"{_DOCS}/IAM/latest/UserGuide/access-analyzer-archive-rules.html",
            f"{_DOCS}/IAM/latest/UserGuide/what-is-access-analyzer.html",
        ),
        attack=("T1562.001",),
        false_positives=("The team that works through the analyzer's findings.",),
    ),
)
