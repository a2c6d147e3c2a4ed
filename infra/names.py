"""The names that hub, members and people know Rolecall's resources by."""

import aws_cdk as cdk

from rolecall.model.rule import AUDITS

# Everything begins with `rolecall`: that is how forwarding rules and the detection
# `monitor-tampered` tell our own resources from everyone else's.
BUS = "rolecall"
READER_ROLE = "rolecall-reader"
MEMBERS_STACK_SET = "rolecall-members"
FINDINGS_TABLE = "rolecall-findings"
COVERAGE_TABLE = "rolecall-coverage"
PRINCIPALS_TABLE = "rolecall-principals"
CHANGES_TABLE = "rolecall-changes"
ACTIVITY_TABLE = "rolecall-activity"
AUDIT_STATE_MACHINE = "rolecall-audit"
GUARDRAILS_RULE = "rolecall-guardrails"
KEY_ALIAS = "alias/rolecall"
CHECK_FUNCTIONS = {audit: f"rolecall-check-{audit}" for audit in AUDITS}
"""The check function of each audit; its role has the same name."""

LIST_ACCOUNTS = "rolecall-list-accounts"
WEIGH_CHANGES = "rolecall-weigh-changes"


def arn(service: str, resource: str, *, region: str = "", account: str) -> str:
    """Write an ARN in the partition that the template is deployed to."""
    return f"arn:{cdk.Aws.PARTITION}:{service}:{region}:{account}:{resource}"
