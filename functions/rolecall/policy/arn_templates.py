"""Which resource types a resource pattern can meet, found by walking all of them at once.

A resource type is an ARN template such as `arn:${Partition}:iam::${Account}:user/${UserName}`.
Every character of every template is one bit of an integer; a pattern is read once, character by
character, and moves all the bits together. So the time is bounded by the length of the pattern,
whatever wildcards stand in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from rolecall.policy.wildcards import longest_literal, matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_VARIABLE = re.compile(r"\$\{([A-Za-z0-9]+)\}")
# Variables that never hold a separator: without this a bucket would pass for an object in it.
_PLAIN = frozenset({"Partition", "Region", "Account", "BucketName"})
_COLONS_BEFORE_RESOURCE = 5
_LONGEST_ARN = 2048
_ACCOUNT = re.compile(r"\$\{Account(Id)?\}")
_REMEMBERED_ACCOUNTS = 4
_STARS = re.compile(r"\*+")
# What a variable may stand for, short and long, spelled so that only a wildcard can match it.
_ANY_NAME = "\ue000"
_ANY_LONG_NAME = _ANY_NAME * 48
_PARTITION = re.compile(r"arn:(aws-[a-z-]+|\$\{Partition\}):")
# Bytes that stand for a variable, for a plain one, and for the end of a template.
_LOOSE, _TIGHT, _END = "\x01", "\x02", "\x03"


class ArnTemplates:
    """A group of ARN templates, compiled together; answers number them in the given order."""

    def __init__(self, templates: Sequence[str], *, with_colons: bool = False) -> None:
        """Compile the templates.

        `with_colons` lets variables hold colons anywhere. Without it they do so only where the
        pattern has come to its resource, for otherwise `*:user/*` would be a strange role as well.
        """
        compiled = [_VARIABLE.sub(_symbol, template) + _END for template in templates]
        self._templates = tuple(templates)
        self._samples_in = lru_cache(maxsize=_REMEMBERED_ACCOUNTS)(self._sample)
        # The first character is the lowest bit, which a binary number has last.
        self._characters = "".join(compiled).encode("ascii")[::-1]
        ends = list(accumulate(map(len, compiled)))
        self._template_at = {1 << end - 1: i for i, end in enumerate(ends)}
        self._starts = sum(1 << start for start in [0, *ends][:-1])
        self._final = self._where(_END)
        self._loose = self._where(_LOOSE)
        self._loops_at_colon = self._loose if with_colons else 0
        self._loops = self._loose | self._where(_TIGHT)
        self._inner = (1 << len(self._characters)) - 1 & ~self._final
        self._literals = self._inner & ~self._loops
        self._literal = lru_cache(maxsize=None)(self._where)
        self._after = lru_cache(maxsize=1 << 12)(self._walk_head)

    def covered_by(self, pattern: str, account_id: str = "") -> list[int]:
        """Return the templates all of whose ARNs, in one partition, match the pattern.

        With `account_id`, of the ARNs that name an account only those of this one are asked about.
        """
        pattern = _PARTITION.sub("arn:aws:", pattern)
        samples, joined = self._samples_in(account_id)
        # A pattern that names anything of its own covers no type; few come past this.
        if longest_literal(pattern) not in joined:
            return []
        return [
            i
            for i, (short, long) in enumerate(samples)
            if matches(pattern, short) and matches(pattern, long)
        ]

    def touched_by(self, pattern: str) -> list[int]:
        """Return the templates with at least one ARN that matches the pattern."""
        pattern = _STARS.sub("*", pattern)
        if len(pattern) - pattern.count("*") > _LONGEST_ARN:
            return []
        head, resource = _halves(pattern)
        states = self._walk(resource, self._after(head), self._loose) & self._final
        touched = []
        while states:
            lowest = states & -states
            touched.append(self._template_at[lowest])
            states ^= lowest
        return touched

    def _sample(self, account_id: str) -> tuple[list[tuple[str, str]], str]:
        """Return a short and a long ARN of every template, and the short ones as one text."""
        templates = self._templates
        if account_id:
            templates = tuple([_ACCOUNT.sub(account_id, template) for template in templates])
        samples = [(_sample(t, _ANY_NAME), _sample(t, _ANY_LONG_NAME)) for t in templates]
        return samples, "\n".join(short for short, _ in samples)

    def _where(self, character: str) -> int:
        """Return the states at which a character stands."""
        marks = bytearray(b"0" * 256)
        code = ord(character)
        if code >= len(marks) or not self._characters:
            return 0
        marks[code] = ord("1")
        return int(self._characters.translate(marks), 2)

    def _walk_head(self, head: str) -> int:
        return self._walk(head, self._skip_empty(self._starts), self._loops_at_colon)

    def _walk(self, pattern: str, states: int, loops_at_colon: int) -> int:
        for character in pattern:
            if character == "*":
                states = self._reach(states)
            elif character == "?":
                states = (states & self._literals) << 1 | states & self._loops
            else:
                loops = self._loops
                if character == ":":
                    loops = loops_at_colon
                elif character == "/":
                    loops = self._loose
                states = (states & self._literal(character)) << 1 | states & loops
            states = self._skip_empty(states)
            if not states:
                break
        return states

    def _skip_empty(self, states: int) -> int:
        """Add the states behind a variable: it may stand for nothing more."""
        return states | (states & self._loops) << 1

    def _reach(self, states: int) -> int:
        """Add every later state of the same template: the pattern's star supplies what it asks.

        Adding to a run of ones carries through the run up to the template's final state, so one
        addition does it for all templates.
        """
        carried = self._inner + (states & self._inner)
        return states | self._inner & ~carried | carried & self._final


def _halves(pattern: str) -> tuple[str, str]:
    """Part a pattern after the colon before the resource; one with fewer colons is all head."""
    *head, resource = pattern.split(":", _COLONS_BEFORE_RESOURCE)
    if len(head) < _COLONS_BEFORE_RESOURCE:
        return pattern, ""
    return ":".join(head) + ":", resource


def _symbol(variable: re.Match[str]) -> str:
    return _TIGHT if variable[1] in _PLAIN else _LOOSE


def _sample(template: str, name: str) -> str:
    return _VARIABLE.sub(name, _PARTITION.sub("arn:aws:", template))


def group_by_service(templates: Iterable[str]) -> dict[str, list[str]]:
    """Group ARN templates by the service that stands in them."""
    groups: dict[str, list[str]] = {}
    for template in templates:
        groups.setdefault(template.split(":", 3)[2], []).append(template)
    return groups
