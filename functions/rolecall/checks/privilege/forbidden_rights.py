"""Policies and actions that the deployer has forbidden."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.holdings import holdings, standing, tell
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy import action_index
from rolecall.policy.sensitive.breadth import narrow_breadth_of
from rolecall.policy.wildcards import matches


@Check(
    id="forbidden-rights",
    title="Nobody holds what was forbidden",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Take the policy away, or except its holder under allowed_principals of this rule. What"
        " nobody may ever do belongs into a service control policy."
    ),
    references=(
        "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
    ),
)
def forbidden_rights(
    account: Account,
    *,
    policies: tuple[str, ...] = (),
    actions: tuple[str, ...] = (),
    allowed_principals: tuple[str, ...] = (),
) -> Iterator[Evidence]:
    """What a company has agreed to do without comes back with the next copied policy.

    `policies` are ARNs or names, `actions` actions as in a policy, `allowed_principals` ARNs of
    users, roles and groups; * stands for anything in all of them. An action counts on any resource.
    """
    forbidden = action_index().expand_all(actions)
    for holding in holdings(account):
        if any(matches(allowed, holding.holder.arn) for allowed in allowed_principals):
            continue
        named = any(matches(each, holding.occasion) for each in policies)
        breadth = narrow_breadth_of(holding.policy, account.id)
        wanted = breadth.at_most if named else forbidden
        found = standing(account, holding.principals, breadth, wanted)
        if found.verdict:
            words = "use a forbidden policy" if named else "use forbidden actions"
            yield tell(account, holding, found, Severity.MEDIUM, words)
