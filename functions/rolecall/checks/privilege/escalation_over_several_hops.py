"""Principals that become administrators over others."""

from collections.abc import Iterator

from rolecall.model.access_graph.escalations import Cause, escalations
from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="escalation-over-several-hops",
    title="No chain of principals leads to an administrator",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Break the chain at its cheapest step: the trust of a role that too many may assume, a role"
        " that may be passed to more services than it serves, or the policy of the principal in the"
        " middle."
    ),
    references=(
        "https://pathfinding.cloud/paths/",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html",
    ),
)
def escalation_over_several_hops(account: Account) -> Iterator[Evidence]:
    """Every link of such a chain looks harmless alone, which is why nobody has taken it away.

    The shortest of the surest chains is told, step by step.
    """
    for escalation in escalations(account, Cause.SEVERAL_HOPS):
        yield escalation.evidence()
