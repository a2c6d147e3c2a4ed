"""The tags that policies ask for, with values that meet them."""

from collections.abc import Iterable, Iterator

from rolecall.model.access_graph.landscape import Realm
from rolecall.model.access_graph.node import Node
from rolecall.model.principals import Group, Role
from rolecall.policy import Condition, Policy, Statement
from rolecall.policy.conditions import OPERATORS
from rolecall.policy.context import Context
from rolecall.policy.variables import names_of, resolve

OF_ITSELF = ("aws:principaltag/",)
OF_OTHERS = ("aws:resourcetag/", "iam:resourcetag/")
_OTHER = "other"
"""A value that no policy forbids."""
_MOST = 20
"""How many values of a key are tried."""


def wanted_tags(node: Node, prefixes: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield sets of tags that would meet what policies ask for, as far as it can be guessed.

    Of each key the first value comes first; a key that is only forbidden gets another value.
    """
    wanted: dict[str, list[str]] = {}
    for key, value in _compared(node) if prefixes is OF_ITSELF else ():
        wanted.setdefault(key, []).append(value)
    context = Context.of({"aws:username": node.principal.name, **node.realm.own_tags(node)})
    for statement, condition in _asking(node, prefixes):
        values = wanted.setdefault(condition.key.partition("/")[2], [])
        if statement.allows is not _is_negated(condition):
            patterns = (resolve(value, context) or "" for value in condition.values)
            values += [text for each in patterns if (text := _meeting(each))]
    for i in range(min(_MOST, max(map(len, wanted.values()), default=0) or 1)):
        yield {key: (values[i:] or values[-1:] or [_OTHER])[0] for key, values in wanted.items()}


def _asking(node: Node, prefixes: tuple[str, ...]) -> Iterator[tuple[Statement, Condition]]:
    """Yield what asks for tags: the policies that bear on it, and the roles that it may assume."""
    own = (policy for level in (node.policies.identity, *node.policies.limits) for policy in level)
    for statement, condition in (*_about_tags(own), *node.realm.once(_asked_by_roles)):
        if condition.folded_key.startswith(prefixes):
            yield statement, condition


def _asked_by_roles(realm: Realm) -> list[tuple[Statement, Condition]]:
    roles = [each.principal for each in realm.nodes if isinstance(each.principal, Role)]
    return list(_about_tags(role.trust for role in roles))


def _about_tags(policies: Iterable[Policy]) -> Iterator[tuple[Statement, Condition]]:
    for policy in policies:
        for statement in policy.statements:
            for condition in statement.conditions:
                if condition.folded_key.startswith((*OF_ITSELF, *OF_OTHERS)):
                    yield statement, condition


def _compared(node: Node) -> Iterator[tuple[str, str]]:
    """Yield the tags that would make it equal to what policies compare it with."""
    for _, condition in _asking(node, OF_OTHERS):
        names = [name for value in condition.values for name in names_of(value)]
        key = condition.folded_key.partition("/")[2]
        values = node.realm.once(_values_of_tags).get(key, set())
        for name in names:
            if name.startswith(OF_ITSELF):
                yield from ((name.partition("/")[2], value) for value in sorted(values))


def _values_of_tags(realm: Realm) -> dict[str, set[str]]:
    """Return the values that tags of users and roles have, by their keys in lower case."""
    found: dict[str, set[str]] = {}
    for node in realm.nodes:
        if not isinstance(node.principal, Group):
            for key, value in node.principal.tags.items():
                found.setdefault(key.lower(), set()).add(value)
    return found


def _is_negated(condition: Condition) -> bool:
    operator = OPERATORS.get(condition.operator.lower())
    return operator is not None and operator.is_negated


def _meeting(pattern: str) -> str:
    return pattern.replace("?", "x").replace("*", "") or pattern.replace("*", _OTHER)
