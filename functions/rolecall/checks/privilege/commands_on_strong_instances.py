"""Principals that can run commands on instances whose roles lead to administrators."""

from collections.abc import Iterator

from rolecall.model.access_graph.escalations import Cause, escalations
from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="commands-on-strong-instances",
    title="Nobody runs commands on instances that are stronger than itself",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Limit ssm:SendCommand and ssm:StartSession to documents and to instances by tag, and "
        "give the instances roles that allow no more than their work."
    ),
    references=(
        "https://pathfinding.cloud/paths/ssm-002",
        "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-quickstart.html",
    ),
)
def commands_on_strong_instances(account: Account) -> Iterator[Evidence]:
    """A command on an instance has the rights of the instance's role.

    Which instances have the role, and whether they are managed, IAM does not show.
    """
    for escalation in escalations(account, Cause.INSTANCE_COMMANDS):
        yield escalation.evidence()
