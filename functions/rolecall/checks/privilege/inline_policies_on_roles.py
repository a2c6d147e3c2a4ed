"""Roles whose policies are written into them."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.holdings import is_ours
from rolecall.model.principals import Role
from rolecall.model.rule import Check
from rolecall.model.severity import Severity

_NAMED = 20
"""How many roles the finding names; their number is always right."""


@Check(
    id="inline-policies-on-roles",
    title="Roles hold managed policies",
    severity=Severity.INFORMATIONAL,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Make a managed policy of what several roles hold; a policy that belongs to one role of one"
        " stack may well stay with it."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
    ),
)
def inline_policies_on_roles(account: Account) -> Iterator[Evidence]:
    """An inline policy has no versions, and nobody who reviews the list of policies sees it.

    One finding for the account, as information: templates write policies into roles by the
    hundred. Of users `policies-on-user` tells, of groups `group-with-inline-policy`.
    """
    names = sorted(
        principal.name
        for principal in account.principals
        if isinstance(principal, Role)
        and is_ours(principal)
        and any(held.arn is None for held in principal.policies)
    )
    if names:
        yield Evidence(
            resource=account.resource,
            summary=f"{len(names)} role{'s have' if len(names) > 1 else ' has'} inline policies",
            data={"roles": names[:_NAMED], "role_count": len(names)},
        )
