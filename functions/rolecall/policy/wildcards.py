"""Matching of `*` and `?` as AWS means them, in time that hostile patterns cannot stretch.

Every piece between two stars takes its earliest place and is never tried again, so that no pattern
backtracks: the work is at most pattern length times text length. Pieces with a question mark are
atomic groups of a regular expression; the others are looked for as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import TypeAlias

Matcher: TypeAlias = Callable[[str], bool]

_WILDCARD = re.compile(r"[*?]")
_STARS = re.compile(r"\*+")
_REMEMBERED_PATTERNS = 1 << 14


def is_literal(pattern: str) -> bool:
    """Say whether the pattern has no wildcard, so that it matches itself alone."""
    return "*" not in pattern and "?" not in pattern


def is_everything(pattern: str) -> bool:
    """Say whether the pattern matches every text."""
    return pattern == "*" or (bool(pattern) and not pattern.strip("*"))


def literal_prefix(pattern: str) -> str:
    """Return what stands before the first wildcard."""
    return _WILDCARD.split(pattern, maxsplit=1)[0]


def longest_literal(pattern: str) -> str:
    """Return the longest piece without wildcards, which every match has to contain."""
    return max(_WILDCARD.split(pattern), key=len)


def matches(pattern: str, text: str) -> bool:
    """Say whether the whole text matches the pattern."""
    if is_literal(pattern):
        return pattern == text
    return _matches_wildcards(pattern, text)


@lru_cache(maxsize=_REMEMBERED_PATTERNS)
def any_of(patterns: tuple[str, ...]) -> Matcher:
    """Return the test whether a text matches at least one of the patterns."""
    if any(map(is_everything, patterns)):
        return lambda _text: True
    literals = frozenset(filter(is_literal, patterns))
    wild = [pattern for pattern in patterns if pattern not in literals]
    prefixes = tuple(p[:-1] for p in wild if p.endswith("*") and is_literal(p[:-1]))
    others = tuple(p for p in wild if not (p.endswith("*") and is_literal(p[:-1])))
    if not wild:
        return literals.__contains__
    if not others:
        return lambda text: text in literals or text.startswith(prefixes)
    return lambda text: (
        text in literals
        or text.startswith(prefixes)
        or any(_matches_wildcards(pattern, text) for pattern in others)
    )


def _matches_wildcards(pattern: str, text: str) -> bool:
    # A pattern that asks for more characters than there are is not worth compiling; this also
    # bounds what a document of a megabyte can make us compile.
    if len(pattern) - pattern.count("*") > len(text):
        return False
    if "?" in pattern:
        return _regex(pattern).fullmatch(text) is not None
    return _has_in_turn(_pieces(pattern), text)


def _has_in_turn(pieces: list[str], text: str) -> bool:
    """Say whether a text begins with the first piece, ends with the last, and has the others."""
    first, *middle, last = pieces
    start, end = len(first), len(text) - len(last)
    if start > end or not (text.startswith(first) and text.endswith(last)):
        return False
    for piece in middle:
        start = text.find(piece, start, end)
        if start < 0:
            return False
        start += len(piece)
    return True


@lru_cache(maxsize=_REMEMBERED_PATTERNS)
def _pieces(pattern: str) -> list[str]:
    return _STARS.split(pattern)


@lru_cache(maxsize=_REMEMBERED_PATTERNS)
def _regex(pattern: str) -> re.Pattern[str]:
    first, *rest = (re.escape(piece).replace(r"\?", ".") for piece in _STARS.split(pattern))
    if not rest:
        return re.compile(first, re.DOTALL)
    *middle, last = rest
    inner = "".join(f"(?>.*?{piece})" for piece in middle)
    return re.compile(f"{first}{inner}.*{last}", re.DOTALL)
