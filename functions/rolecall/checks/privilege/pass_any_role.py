"""Principals that may pass every role to a service."""

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
    id="pass-any-role",
    title="Roles are passed to services by name",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Name the roles as resources, and the service in a condition on iam:PassedToService."
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html",),
)
def pass_any_role(account: Account) -> Iterator[Evidence]:
    """Who passes a role to a service that runs their code has what the role may do.

    Where that leads to an administrator today, `privilege-escalation` tells it; here is told that
    every role that is ever made can be passed. A condition, as on iam:PassedToService, narrows it.
    """
    actions = action_index().expand_all(("iam:PassRole",))
    for holding in holdings(account):
        breadth = untold_breadth(account, holding)
        found = standing(account, holding.principals, breadth, actions)
        if found.verdict:
            yield tell(account, holding, found, Severity.HIGH, "pass every role to a service")
