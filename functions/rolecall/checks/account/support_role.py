"""Accounts in which nobody is meant to talk to AWS Support."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.attachments import is_attached
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity


@Check(
    id="support-role",
    title="Somebody may open cases with AWS Support",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Attach AWSSupportAccess to the role, or the permission set of Identity Center, of those"
        " who handle incidents."
    ),
    references=(
        "https://docs.aws.amazon.com/awssupport/latest/user/accessing-support.html",
        "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSSupportAccess.html",
    ),
    compliance=(
        Control("CIS AWS Foundations", "3.0.0", "1.17"),
        Control("CIS AWS Foundations", "5.0.0", "1.16"),
    ),
)
def support_role(
    account: Account, *, accepted_policies: tuple[str, ...] = ("AWSSupportAccess",)
) -> Iterator[Evidence]:
    """In an incident, time goes by until somebody has found an administrator to call AWS.

    Judged is whether a user, a group or a role holds one of `accepted_policies`. Administrators,
    who may open cases as well, do not count: the role is for those who are none.
    """
    if not is_attached(account, accepted_policies):
        yield Evidence(
            resource=account.resource,
            summary=f"nobody in account {account.id} holds {' or '.join(accepted_policies)}",
            commands=(
                aws(
                    "iam attach-role-policy --role-name ROLE_NAME",
                    policy_arn=f"arn:{account.partition}:iam::aws:policy/AWSSupportAccess",
                ),
            ),
        )
