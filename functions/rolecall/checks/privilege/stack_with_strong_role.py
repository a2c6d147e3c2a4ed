"""Principals that can update stacks whose service roles lead to administrators."""

from collections.abc import Iterator

from rolecall.model.access_graph.escalations import Cause, escalations
from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="stack-with-strong-role",
    title="Nobody updates stacks with rights that it has not",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Give service roles of stacks no more than the resources of the stack need, and limit "
        "updates by cloudformation:RoleArn or to the names of stacks."
    ),
    references=(
        "https://pathfinding.cloud/paths/cloudformation-002",
        "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html",
    ),
)
def stack_with_strong_role(account: Account) -> Iterator[Evidence]:
    """Whoever updates a stack that has a service role uses its rights, without passing the role.

    Which stacks have the role IAM does not show.
    """
    for escalation in escalations(account, Cause.STACK_UPDATE):
        yield escalation.evidence()
