"""Managed policies that nobody holds."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.managed_policies import ManagedPolicy
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy.sensitive import CLASSES, sensitive_bits
from rolecall.policy.sensitive.administrators import makes_administrator
from rolecall.policy.sensitive.breadth import breadth_of


@Check(
    id="unattached-policy",
    title="Policies that nobody holds are deleted",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Delete the policy with its older versions; infrastructure as code writes it again when it"
        " is needed."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-delete.html",
    ),
)
def unattached_policy(account: Account) -> Iterator[Evidence]:
    """Whoever may attach policies finds in a forgotten one what they need, under a known name.

    LOW is one that would make an administrator or give sensitive rights on every resource; any
    other is information. A policy that is somebody's permissions boundary is in use.
    """
    for policy in account.managed_policies:
        if not policy.is_used:
            yield _evidence(policy, account.id)


def _evidence(policy: ManagedPolicy, account_id: str) -> Evidence:
    breadth = breadth_of(policy.policy, account_id)
    gives = [each.id for each in CLASSES if sensitive_bits(each.id) & breadth.everywhere]
    if makes_administrator(breadth):
        what = ", which would make an administrator"
    else:
        what = f", which gives {', '.join(gives[:3])} on every resource" if gives else ""
    return Evidence(
        resource=policy.resource,
        summary=f"{policy} is attached to nobody{what}",
        severity=Severity.LOW if what else Severity.INFORMATIONAL,
        commands=(
            aws("iam list-policy-versions", policy_arn=policy.arn),
            aws("iam delete-policy", policy_arn=policy.arn),
        ),
        data={"classes": gives},
    )
