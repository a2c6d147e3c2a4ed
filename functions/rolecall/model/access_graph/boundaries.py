"""Who can take permissions boundaries off, its own or those of others."""

from collections.abc import Iterator
from dataclasses import dataclass

from rolecall.model.access_graph.candidates import mentioned
from rolecall.model.access_graph.graph import graph_of
from rolecall.model.access_graph.landscape import Realm
from rolecall.model.access_graph.moves import Actor
from rolecall.model.access_graph.node import Node
from rolecall.model.account import Account
from rolecall.model.holdings.administration import administration
from rolecall.model.principals import Group, Role, User
from rolecall.policy import action_index
from rolecall.policy.escalation.reach import Reach, reach

_OF_USERS = ("iam:DeleteUserPermissionsBoundary", "iam:PutUserPermissionsBoundary")
_OF_ROLES = ("iam:DeleteRolePermissionsBoundary", "iam:PutRolePermissionsBoundary")


@dataclass(frozen=True, slots=True)
class Removal:
    """That a principal can use an action on the boundary of another, or on its own."""

    principal: User | Role
    action: str
    target: str
    is_certain: bool

    @property
    def is_own(self) -> bool:
        """Whether it is its own boundary."""
        return self.target == self.principal.arn


def removals(account: Account) -> Iterator[Removal]:
    """Yield for every principal that is no administrator the worst that it can do to boundaries."""
    realm = graph_of(account).realm_of(account)
    bounded = sum(node.bit for node in realm.nodes if node.boundary is not None)
    wanted = action_index().expand_all((*_OF_USERS, *_OF_ROLES))
    for node in realm.nodes:
        if isinstance(node.principal, Group) or not bounded or _rules(account, node):
            continue
        if mentioned(node.policies) & wanted:
            yield from _worst(node, realm, bounded)


def _rules(account: Account, node: Node) -> bool:
    """Tell whether the node is an administrator, be it when conditions hold."""
    principal = node.principal
    return not isinstance(principal, Group) and administration(account, principal).is_live


def _worst(node: Node, realm: Realm, bounded: int) -> list[Removal]:
    found: list[Removal] = []
    for action in (*_OF_USERS, *_OF_ROLES):
        on = _boundaries(node, realm, action)
        certain, possible = on.granted & bounded, on.possible & bounded
        chosen = possible & node.bit or certain or possible
        if chosen and not isinstance(node.principal, Group):
            target = chosen & -chosen
            arn = realm.nodes[target.bit_length() - 1 - realm.offset].arn
            found.append(Removal(node.principal, action, arn, bool(certain & target)))
    return sorted(found, key=lambda each: (each.is_own, each.is_certain))[-1:]


def _boundaries(node: Node, realm: Realm, action: str) -> Reach:
    domain = realm.user_domain if action in _OF_USERS else realm.role_domain
    offset = realm.offset if action in _OF_USERS else realm.roles_offset
    asker = Actor(node, node.policies, (realm,)).asker()
    found = reach(asker, node.policies, action, domain)
    return Reach(found.granted << offset, found.possible << offset)
