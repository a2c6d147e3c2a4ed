"""What limits a principal from outside its own policies, and which of it stands in the way."""

from collections.abc import Iterable
from dataclasses import replace

from rolecall.model.access_graph.assumption import WITHOUT_RCPS
from rolecall.model.access_graph.landscape import Realm
from rolecall.model.access_graph.node import Node
from rolecall.policy import PolicySet

BOUNDARY = "boundary"
SCP = "scp"
RCP = "rcp"


def limits_of(node: Node, realms: Iterable[Realm]) -> list[str]:
    """Return the kinds of limits that there are; RCPs bear on the roles that it would assume."""
    found = {
        BOUNDARY: node.boundary,
        SCP: node.policies.scps,
        RCP: any(realm.account.guardrails.rcps for realm in realms),
    }
    return [name for name, limit in found.items() if limit]


def with_only(kinds: Iterable[str], policies: PolicySet) -> PolicySet:
    """Return the policies with no limits but those of some kinds."""
    return replace(
        policies,
        boundary=policies.boundary if BOUNDARY in kinds else None,
        scps=policies.scps if SCP in kinds else None,
        rcps=policies.rcps if RCP in kinds else WITHOUT_RCPS,
    )
