"""How the resources of two statements lie to each other: one within the other, or apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rolecall.policy.arn_templates import ArnTemplates
from rolecall.policy.variables import with_variables_as
from rolecall.policy.wildcards import is_literal, matches

if TYPE_CHECKING:
    from rolecall.policy.statements import Statement

# What a star may stand for, spelled so that only a star can match it.
_ANY_TEXT = "\ue000" * 48
_ANY_CHARACTER = "\ue001"
_ARN = re.compile(r"arn:([a-z*?-]*):([a-z0-9*?-]*):([a-z0-9*?-]*):([0-9*?]*|aws):(.*)", re.DOTALL)


def is_within(inner: Statement, outer: Statement) -> bool:
    """Say whether every resource of the one statement is surely one of the other."""
    if outer.resources and inner.resources:
        return all(
            any(_contains(wide, narrow) for wide in _narrowed(outer)) for narrow in _widened(inner)
        )
    if outer.not_resources and inner.resources:
        excluded = _widened(outer)
        return not any(meets(narrow, other) for narrow in _widened(inner) for other in excluded)
    return not outer.resources and not outer.not_resources


def is_apart(one: Statement, other: Statement) -> bool:
    """Say whether surely no resource belongs to both statements."""
    if one.resources and other.resources:
        return not any(meets(a, b) for a in _widened(one) for b in _widened(other))
    if one.resources and other.not_resources:
        return all(any(_contains(b, a) for b in _narrowed(other)) for a in _widened(one))
    if one.not_resources and other.resources:
        return is_apart(other, one)
    return False


def _widened(statement: Statement) -> tuple[str, ...]:
    return _with_variables(statement, "*")


def _narrowed(statement: Statement) -> tuple[str, ...]:
    return _with_variables(statement, _ANY_CHARACTER)


def _with_variables(statement: Statement, replacement: str) -> tuple[str, ...]:
    patterns = statement.resources or statement.not_resources
    if not statement.has_variables:
        return patterns
    return tuple([with_variables_as(replacement, pattern) for pattern in patterns])


@lru_cache(maxsize=1 << 14)
def _contains(wide: str, narrow: str) -> bool:
    """Say whether everything that the narrow pattern matches, the wide one matches too."""
    pattern = narrow.replace("?", _ANY_CHARACTER)
    return all(matches(wide, pattern.replace("*", text)) for text in ("", _ANY_TEXT))


@lru_cache(maxsize=1 << 14)
def meets(one: str, other: str) -> bool:
    """Say whether some ARN may match both patterns.

    Patterns that spell all parts of an ARN are compared part by part: no account's id has a colon.
    """
    if is_literal(one):
        return matches(other, one)
    if is_literal(other):
        return matches(one, other)
    parts, others = _ARN.fullmatch(one), _ARN.fullmatch(other)
    if parts and others:
        return all(map(_share_a_text, parts.groups(), others.groups()))
    return _share_a_text(one, other)


def _share_a_text(one: str, other: str) -> bool:
    if one == other or not (one.isascii() and other.isascii()):
        return True
    template = one.replace("*", "${Text}").replace("?", "${Character}")
    return bool(ArnTemplates([template], with_colons=True).touched_by(other))
