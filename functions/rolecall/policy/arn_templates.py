"""Which resource types a resource pattern can meet, found by walking all of them at once.

A resource type is an ARN template such as `arn:${Partition}:iam::${Account}:user/${UserName}`.
Every character of every template is one bit of an integer; a pattern is read once, character by
character, and moves all the bits together. So the answer is exact, and its time is bounded by the
length of the pattern whatever wildcards stand in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rolecall.policy.wildcards import matches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_VARIABLE = re.compile(r"\$\{([A-Za-z0-9]+)\}")
# Variables that never hold a separator: without this a bucket would pass for an object in it.
_PLAIN = frozenset({"Partition", "Region", "Account", "BucketName"})
_COLONS_BEFORE_RESOURCE = 5
# What a variable may stand for, spelled so that only a wildcard can match it.
_ANY_NAME = "\ue000" * 48
_PARTITION = re.compile(r"arn:(aws-[a-z-]+|\$\{Partition\}):")


class ArnTemplates:
    """A group of ARN templates, compiled together."""

    def __init__(self, templates: Sequence[str]) -> None:
        """Compile the templates; answers number them in this order."""
        self._samples = tuple(map(_sample, templates))
        self._finals: list[int] = []
        self._literal: dict[str, int] = {}
        self._any_literal = self._loops = self._loops_of_any = self._starts = 0
        state = 0
        for template in templates:
            self._starts |= 1 << state
            state = self._compile(template, state)
            self._finals.append(state)
            state += 1
        self._final = sum(1 << final for final in self._finals)
        self._inner = ((1 << state) - 1) & ~self._final
        self._after = lru_cache(maxsize=1 << 12)(self._walk_head)

    def covered_by(self, pattern: str) -> Iterator[int]:
        """Yield the templates all of whose ARNs, in one partition, match the pattern."""
        pattern = _PARTITION.sub("arn:aws:", pattern)
        return (i for i, sample in enumerate(self._samples) if matches(pattern, sample))

    def touched_by(self, pattern: str) -> Iterator[int]:
        """Yield the templates with at least one ARN that matches the pattern."""
        *head, resource = pattern.split(":", _COLONS_BEFORE_RESOURCE)
        if len(head) < _COLONS_BEFORE_RESOURCE:
            head, resource = [*head, resource], ""
        states = self._walk(resource, self._after(tuple(head)), self._loops_of_any)
        if states & self._final:
            yield from (i for i, final in enumerate(self._finals) if states >> final & 1)

    def _compile(self, template: str, state: int) -> int:
        pieces = _VARIABLE.split(template)
        for literal, name in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
            for character in literal:
                bit = 1 << state
                self._literal[character] = self._literal.get(character, 0) | bit
                self._any_literal |= bit
                state += 1
            if name:
                self._loops |= 1 << state
                self._loops_of_any |= (name not in _PLAIN) << state
                state += 1
        return state

    def _walk_head(self, head: tuple[str, ...]) -> int:
        """Walk what precedes the resource, where a colon parts segments and is in no name."""
        states = self._skip_empty(self._starts)
        if len(head) == _COLONS_BEFORE_RESOURCE:
            return self._walk(":".join(head) + ":", states, 0)
        return self._walk(":".join(head), states, 0)

    def _walk(self, pattern: str, states: int, loops_at_colon: int) -> int:
        for character in pattern:
            if character == "*":
                states = self._reach(states)
            elif character == "?":
                states = (states & self._any_literal) << 1 | states & self._loops
            else:
                loops = self._loops
                if character == ":":
                    loops = loops_at_colon
                elif character == "/":
                    loops = self._loops_of_any
                states = (states & self._literal.get(character, 0)) << 1 | states & loops
            states = self._skip_empty(states)
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


def _sample(template: str) -> str:
    return _VARIABLE.sub(_ANY_NAME, _PARTITION.sub("arn:aws:", template))


def group_by_service(templates: Iterable[str]) -> dict[str, list[str]]:
    """Group ARN templates by the service that stands in them."""
    groups: dict[str, list[str]] = {}
    for template in templates:
        groups.setdefault(template.split(":", 3)[2], []).append(template)
    return groups
