"""Accounts that no auditor can look into."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.attachments import is_attached
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="security-audit-role",
    title="Auditors have a role of their own",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Give the security team a role, best a permission set of Identity Center, with the policy"
        " SecurityAudit, which reads how things are set up and no data."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_job-functions.html",
        "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SecurityAudit.html",
    ),
)
def security_audit_role(
    account: Account, *, accepted_policies: tuple[str, ...] = ("SecurityAudit", "ReadOnlyAccess")
) -> Iterator[Evidence]:
    """Who has to look into an account in a hurry gets an administrator's role, and keeps it.

    Judged is whether a user, a group or a role holds one of `accepted_policies`; Rolecall's own
    role, which reads IAM alone, is not what a person investigates with.
    """
    if not is_attached(account, accepted_policies):
        yield Evidence(
            resource=account.resource,
            summary=f"nobody in account {account.id} holds {' or '.join(accepted_policies)}",
            commands=(
                aws(
                    "iam attach-role-policy --role-name ROLE_NAME",
                    policy_arn=f"arn:{account.partition}:iam::aws:policy/SecurityAudit",
                ),
            ),
        )
