"""Policies that are written into several roles alike."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

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
    title="Roles that may do the same hold a managed policy",
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
    """An inline policy has no versions, and who reviews the list of policies does not see it.

    Templates write a policy of its own into each role, which is well where it belongs to that
    role. The same text in several roles has to be changed in each of them. One finding for the
    account, as information; of users `policies-on-user` tells, of groups
    `group-with-inline-policy`.
    """
    alike = [roles for roles in _by_text(account).values() if len(roles) > 1]
    names = sorted({name for roles in alike for name in roles})
    if names:
        texts = "an inline policy" if len(alike) == 1 else f"{len(alike)} inline policies"
        yield Evidence(
            resource=account.resource,
            summary=f"{len(names)} roles have {texts} that another role has word for word",
            data={"roles": names[:_NAMED], "role_count": len(names)},
        )


def _by_text(account: Account) -> Mapping[object, set[str]]:
    """Return the names of the roles that have an inline policy, by what it says."""
    found: dict[object, set[str]] = defaultdict(set)
    for principal in account.principals:
        if isinstance(principal, Role) and is_ours(principal):
            for held in principal.policies:
                if held.arn is None:
                    found[held.policy.statements].add(principal.name)
    return found
