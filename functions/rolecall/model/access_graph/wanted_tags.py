"""The tags that policies ask for, with values that meet them."""

from collections.abc import Iterator

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
    for policy in _policies(node):
        for statement in policy.statements:
            for condition in statement.conditions:
                if condition.folded_key.startswith(prefixes):
                    yield statement, condition


def _compared(node: Node) -> Iterator[tuple[str, str]]:
    """Yield the tags that would make it equal to what policies compare it with."""
    for _, condition in _asking(node, OF_OTHERS):
        names = [name for value in condition.values for name in names_of(value)]
        key = condition.folded_key.partition("/")[2]
        values = {value for each in node.realm.nodes if (value := _tag(each, key))}
        for name in names:
            if name.startswith(OF_ITSELF):
                yield from ((name.partition("/")[2], value) for value in sorted(values))


def _tag(node: Node, key: str) -> str | None:
    tags = {} if isinstance(node.principal, Group) else node.principal.tags
    return next((value for name, value in tags.items() if name.lower() == key), None)


def _policies(node: Node) -> Iterator[Policy]:
    """Yield the policies that bear on it, and those of the roles that it might assume."""
    for level in (node.policies.identity, *node.policies.limits):
        yield from level
    for each in node.realm.nodes:
        if isinstance(each.principal, Role):
            yield each.principal.trust


def _is_negated(condition: Condition) -> bool:
    operator = OPERATORS.get(condition.operator.lower())
    return operator is not None and operator.is_negated


def _meeting(pattern: str) -> str:
    return pattern.replace("?", "x").replace("*", "") or pattern.replace("*", _OTHER)
