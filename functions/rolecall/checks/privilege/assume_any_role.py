"""Principals that may assume every role that lets them in."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.causes import untold_breadth
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.holdings import holdings, standing, tell
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy import action_index


@Check(
    id="assume-any-role",
    title="Roles are assumed by name",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Name the roles that the work needs as resources, by ARN or by a path that only they have."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_permissions-to-switch.html",
    ),
)
def assume_any_role(account: Account) -> Iterator[Evidence]:
    """Most roles trust their whole account: then this is the key to each, new ones too.

    It reaches roles of other accounts as well, wherever they trust this one. Where a chain leads to
    an administrator, `privilege-escalation` tells it.
    """
    actions = action_index().expand_all(("sts:AssumeRole",))
    for holding in holdings(account):
        breadth = untold_breadth(account, holding)
        found = standing(account, holding.principals, breadth, actions)
        if found.verdict:
            yield tell(
                account, holding, found, Severity.HIGH, "assume every role that trusts the account"
            )
