"""The principals of accounts as bits, with what can be asked of them as sets."""

# Longer than 200 lines because an account answers all that the moves of its principals ask.

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from rolecall.model.access_graph.managed import ManagedPolicies
from rolecall.model.access_graph.node import Node
from rolecall.model.access_graph.trust import Trust, trust_of
from rolecall.model.account import Account
from rolecall.model.principals import Group, Role, User
from rolecall.policy import Policy, Statement
from rolecall.policy.bitsets import bits_of
from rolecall.policy.escalation import EscalationPath
from rolecall.policy.escalation.reach import Domain, Reach, any_resource
from rolecall.policy.variables import names_of

_RESOURCE_TAGS = ("aws:resourcetag/", "iam:resourcetag/")
_PRINCIPAL_TAG = "aws:principaltag/"
_T = TypeVar("_T")


@dataclass(frozen=True)  # no slots: it remembers its sets
class Realm:
    """One account within the landscape; `offset` is the position of its first node.

    Its users come first, then its roles, then its groups; the position after them stands for the
    account itself, which whoever rules it has gained.
    """

    account: Account
    offset: int
    nodes: list[Node] = field(default_factory=list, repr=False, compare=False)
    _known: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def user_domain(self) -> Domain:
        """The users as resources of actions."""
        return self._domain(User)

    @cached_property
    def role_domain(self) -> Domain:
        """The roles as resources of actions."""
        return self._domain(Role)

    def _domain(self, kind: type) -> Domain:
        found = [node for node in self.nodes if isinstance(node.principal, kind)]
        return Domain(tuple(node.arn for node in found), tuple(map(self._facts, found)))

    @cached_property
    def roles_offset(self) -> int:
        """The position of the first role."""
        return self.offset + len(self.user_domain.arns)

    @cached_property
    def groups_offset(self) -> int:
        """The position of the first group."""
        return self.roles_offset + len(self.role_domain.arns)

    @cached_property
    def groups(self) -> Domain:
        """The groups as resources of actions."""
        arns = tuple(n.arn for n in self.nodes if isinstance(n.principal, Group))
        return Domain(arns, ({},) * len(arns))

    @cached_property
    def managed(self) -> ManagedPolicies:
        """The customer managed policies, and who holds them."""
        return ManagedPolicies(self.account, self.nodes)

    def members(self, groups: int) -> int:
        """Return the users in one of the groups."""
        found = 0
        for i in bits_of(groups):
            found |= self._members[i]
        return found

    @cached_property
    def _members(self) -> list[int]:
        users = {n.principal.name: n.bit for n in self.nodes if isinstance(n.principal, User)}
        groups = [n.principal for n in self.nodes if isinstance(n.principal, Group)]
        return [sum(users.get(name, 0) for name in set(group.members)) for group in groups]

    def group_nodes(self, groups: int) -> int:
        """Return the nodes of the groups."""
        return groups << self.groups_offset

    @cached_property
    def everything(self) -> int:
        """The set of all that is in the account, and the account."""
        return (self.itself << 1) - (1 << self.offset)

    @cached_property
    def itself(self) -> int:
        """The set that has the account alone."""
        return 1 << (self.offset + len(self.nodes))

    @cached_property
    def users(self) -> int:
        """The set of the users."""
        return sum(n.bit for n in self.nodes if isinstance(n.principal, User))

    @cached_property
    def roles(self) -> int:
        """The set of the roles that people can pass, edit and assume, which AWS's own are not."""
        return sum(
            n.bit
            for n in self.nodes
            if isinstance(n.principal, Role)
            and not (n.principal.is_service_linked or n.principal.is_from_identity_center)
        )

    def trusted(self, path: EscalationPath) -> Reach:
        """Return the roles that trust a service of the path, everybody where it asks for none."""
        if path not in self._known:
            services = path.trusts
            self._known[path] = self.trust.of_services(services) if services else Reach(-1, -1)
        found: Reach = self._known[path]
        return found

    def same(self, thing: _T) -> _T:
        """Return the one object that stands for all that equal it."""
        found: _T = self._known.setdefault(thing, thing)
        return found

    def once(self, find: Callable[["Realm"], _T]) -> _T:
        """Return what a function finds out of the account; it is asked once."""
        if find not in self._known:
            self._known[find] = find(self)
        found: _T = self._known[find]
        return found

    def known_of(self, policies: Hashable) -> dict[Any, Any]:
        """Return what is known of all who have the same policies, to be added to."""
        found: dict[Any, Any] = self._known.setdefault(policies, {})
        return found

    def spelled_out(self, template: str) -> str:
        """Put the partition and the account into the pattern of a type of resource."""
        return template.format(partition=self.account.partition, account=self.account.id)

    def choice(self, arns: tuple[str, ...]) -> Domain:
        """Return the resources of which an actor chooses one, with what was found out of them."""
        key = ("choice", arns)
        if key not in self._known:
            self._known[key] = any_resource(arns)
        found: Domain = self._known[key]
        return found

    @cached_property
    def administrators(self) -> int:
        """The set of the users, roles and groups that are administrators already."""
        return sum(n.bit for n in self.nodes if n.is_administrator)

    @cached_property
    def raisable(self) -> int:
        """The set of those whom a policy that allows everything would make administrators."""
        able = sum(n.bit for n in self.nodes if n.can_be_raised)
        return able & ~self.administrators

    @cached_property
    def trust(self) -> Trust:
        """Whom the roles trust."""
        roles = [(n.bit, n.principal) for n in self.nodes if isinstance(n.principal, Role)]
        return trust_of(self.account, roles)

    @cached_property
    def tag_keys(self) -> frozenset[str]:
        """The condition keys about tags that any policy asks for, be it as a variable."""
        return frozenset(
            key
            for policy in _policies(self.nodes)
            for statement in policy.statements
            for key in _keys(statement)
            if key.startswith((*_RESOURCE_TAGS, _PRINCIPAL_TAG))
        )

    @cached_property
    def _tags_of_resources(self) -> tuple[tuple[str, str], ...]:
        """The condition keys about tags of what is asked for, each with the tag."""
        return _with_tags(self.tag_keys, _RESOURCE_TAGS)

    @cached_property
    def _tags_of_principals(self) -> tuple[tuple[str, str], ...]:
        """The condition keys about tags of who asks, each with the tag."""
        return _with_tags(self.tag_keys, (_PRINCIPAL_TAG,))

    def _facts(self, node: Node) -> dict[str, str | None]:
        """Return what requests about the principal tell of it."""
        facts: dict[str, str | None] = {}
        if node.boundary is None:
            facts["iam:permissionsboundary"] = None
        if self._tags_of_resources:
            tags = _folded_tags(node)
            facts |= {key: tags.get(tag) for key, tag in self._tags_of_resources}
        return facts

    def own_tags(self, node: Node) -> dict[str, str | None]:
        """Return what the principal's own requests tell of its tags.

        The session of a role may bring tags of its own, so that one which the role lacks may be
        there.
        """
        if not self._tags_of_principals:
            return {}
        tags = _folded_tags(node)
        is_known = isinstance(node.principal, User)
        return {
            key: tags.get(tag) for key, tag in self._tags_of_principals if is_known or tag in tags
        }


def realms_of(accounts: Iterable[Account]) -> Iterator[Realm]:
    """Yield the accounts, one position after the other."""
    offset = 0
    for account in accounts:
        realm = Realm(account, offset)
        readable = sorted(account.principals, key=lambda each: isinstance(each, Role))
        everybody = (*readable, *account.groups)
        realm.nodes.extend(Node(offset + i, each, realm) for i, each in enumerate(everybody))
        yield realm
        offset += len(realm.nodes) + 1


def _keys(statement: Statement) -> Iterator[str]:
    for condition in statement.conditions:
        yield condition.folded_key
        if condition.has_variables:
            yield from (name for value in condition.values for name in names_of(value))
    if statement.has_variables:
        patterns = (*statement.resources, *statement.not_resources)
        yield from (name for pattern in patterns for name in names_of(pattern))


def _with_tags(keys: Iterable[str], prefixes: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((key, key.partition("/")[2]) for key in keys if key.startswith(prefixes))


def _folded_tags(node: Node) -> dict[str, str]:
    tags = {} if isinstance(node.principal, Group) else node.principal.tags
    return {name.lower(): value for name, value in tags.items()}


def _policies(nodes: Iterable[Node]) -> Iterator[Policy]:
    found: dict[int, Policy] = {}
    for node in nodes:
        for held in node.principal.policies:
            found[id(held.policy)] = held.policy
        if isinstance(node.principal, Role):
            found[id(node.principal.trust)] = node.principal.trust
    return iter(found.values())
