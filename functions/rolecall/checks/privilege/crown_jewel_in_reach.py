"""Principals that can become one that the deployer declared to be a crown jewel."""

from collections.abc import Iterator

from rolecall.model.access_graph import graph_of
from rolecall.model.access_graph.escalations import evidence_of, judged
from rolecall.model.access_graph.words import name_beside
from rolecall.model.account import Account
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy.wildcards import any_of


@Check(
    id="crown-jewel-in-reach",
    title="Only those who are meant to become a crown jewel can",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Break the chain at its cheapest step: the trust of a role that too many may assume, a role"
        " that may be passed to more services than it serves, credentials that somebody else may"
        " make. List who is meant to become the crown jewel under expected."
    ),
    references=(
        "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_permissions_least_privileges.html",
        "https://pathfinding.cloud/paths/",
    ),
)
def crown_jewel_in_reach(
    account: Account, *, principals: tuple[str, ...] = (), expected: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """What matters most is often in the hands of a role that is no administrator.

    Declare under principals the users and roles that hold it, by their ARNs, with wildcards: the
    role that reads the payroll, the one that signs releases. Whoever can become one, in one step
    or over others, is told, unless it is expected to or is an administrator, who can do anything.
    Resources are declared by those who may use them: `rolecall who-can` names them.
    """
    graph = graph_of(account)
    jewels = graph.matching(principals)
    is_expected = any_of((*expected, *jewels))
    for principal in judged(account):
        chain = None if is_expected(principal.arn) else graph.chain(principal.arn, *jewels)
        if chain:
            jewel = name_beside(chain.goal, principal.arn)
            yield evidence_of(principal, chain, f"can become the crown jewel {jewel}")
