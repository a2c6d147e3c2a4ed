"""Principals that administer identities without being administrators."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.causes import untold_breadth
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.holdings import holdings, severity_of, standing, tell
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy.sensitive import negligible, sensitive_bits
from rolecall.policy.wildcards import matches


@Check(
    id="identity-administration",
    title="Identities are administered by those who are named for it",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Leave identities to the pipeline or the team that owns them, and list their ARNs under"
        " known_administrators of this rule; take the policy from everybody else."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
    ),
)
def identity_administration(
    account: Account, *, known_administrators: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """Who makes and deletes users, roles and providers decides who is let in, and who is kept out.

    Judged are the rights to make and remove identities and the organization's rules for them, by
    what the heaviest of them can do: whoever can only remove some is graded lower.
    Rights that lead to more of one's own are `privilege-escalation`; known administrators are
    given as ARNs of users, roles or groups, where * stands for anything.
    """
    actions = sensitive_bits("identity-administration") & ~negligible()
    for holding in holdings(account):
        if any(matches(known, holding.holder.arn) for known in known_administrators):
            continue
        breadth = untold_breadth(account, holding)
        found = standing(account, holding.principals, breadth, actions)
        if found.verdict:
            words = "make and remove identities and their rules"
            severity = severity_of(found.granted or found.conditional or found.blocked)
            yield tell(account, holding, found, severity, words)
