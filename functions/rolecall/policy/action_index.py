"""The index of every action that AWS has or had: each is one bit of an integer.

The file beside this module is made by `tools/action_index.py`; it is read on first use.
"""

# Longer than 200 lines because it answers all that is asked of actions.

from __future__ import annotations

import gzip
import json
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cache, cached_property, lru_cache, reduce
from itertools import accumulate, compress
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from rolecall.policy.bitsets import positions, set_of
from rolecall.policy.resource_types import ResourceTypes
from rolecall.policy.wildcards import any_of, is_literal, literal_prefix, longest_literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rolecall.policy.statements import Statement

LEVELS = {
    "List": "L",
    "Read": "R",
    "Write": "W",
    "Tagging": "T",
    "Permissions management": "P",
}
_FILE = Path(__file__).with_name("action_index.json.gz")
_REMEMBERED_PATTERNS = 1 << 14
_BEYOND_ALL_TEXT = "\U0010ffff"


class Piece(NamedTuple):
    """The part of a set that one service has."""

    service: str
    first: int
    """Position of the service's first action."""
    marks: str
    """A `1` for each of its actions that is in the set, a `0` for each that is not."""


class ActionIndex:
    """Names of actions in alphabetical order, ignoring case; a set of them is an integer.

    Bit `i` stands for `names[i]`. `version` is the version of the table that it was made from.
    """

    def __init__(self, columns: Mapping[str, Any]) -> None:
        """Take the columns of an index file; the names are in the order of their lower case."""
        self.version: str = columns["version"]
        self.names = tuple(columns["names"].split("\n"))
        self.everything = (1 << len(self.names)) - 1
        self._folded = columns["names"].lower().split("\n")
        self._joined = columns["names"].lower()
        self._columns = columns
        self._remembered = lru_cache(maxsize=_REMEMBERED_PATTERNS)(self._expand)

    @classmethod
    def read(cls, path: Path = _FILE) -> Self:
        """Read an index file."""
        return cls(json.loads(gzip.decompress(path.read_bytes())))

    def expand(self, pattern: str) -> int:
        """Return the set of the actions that match a pattern, in any case; 0 when none does."""
        return self._remembered(pattern)

    def expand_all(self, patterns: Iterable[str]) -> int:
        """Return the set of the actions that match at least one of the patterns."""
        return reduce(or_, map(self._remembered, patterns), 0)

    def select(self, actions: Iterable[str], not_actions: Iterable[str] = ()) -> int:
        """Return the set that the elements Action and NotAction of a statement select."""
        excluded = tuple(not_actions)
        if excluded:
            return self.everything & ~self.expand_all(excluded)
        return self.expand_all(actions)

    def selected_by(self, statement: Statement) -> int:
        """Return the set of the actions that a statement is about."""
        return self.select(statement.actions, statement.not_actions)

    def names_of(self, bits: int) -> Iterator[str]:
        """Yield the names of a set in alphabetical order."""
        while bits:
            lowest = bits & -bits
            yield self.names[lowest.bit_length() - 1]
            bits ^= lowest

    def is_unknown(self, pattern: str) -> bool:
        """Say whether a pattern names an action or service that AWS never had.

        A wildcard that matches nothing in a known service is not unknown: it means nothing today.
        """
        if self._remembered(pattern):
            return False
        return is_literal(pattern) or not self.expand(pattern.partition(":")[0] + ":*")

    @cached_property
    def retired(self) -> int:
        """The set of the actions that AWS has no longer."""
        return set_of(positions(self._columns["retired"]))

    def added_after(self, version: str) -> int:
        """Return the set of the actions that the table had not yet at a version."""
        bits = 0
        for added, distances in self._columns["added"].items():
            if _order(added) > _order(version):
                bits |= set_of(positions(distances))
        return bits

    @cached_property
    def by_level(self) -> dict[str, int]:
        """The set of the actions of each access level, under AWS's name for the level."""
        return {
            level: set_of(i for i, found in enumerate(self._columns["levels"]) if found == letter)
            for level, letter in LEVELS.items()
        }

    @cached_property
    def by_service(self) -> dict[str, int]:
        """The set of the actions of each service, under the prefix of their names."""
        prefixes = dict.fromkeys(name.partition(":")[0] for name in self.names)
        return {prefix: self.expand(f"{prefix}:*") for prefix in prefixes}

    def pieces(self, bits: int) -> Iterator[Piece]:
        """Yield the part of each service in a set; sets of many services share most of them."""
        marks = format(bits, "b")[::-1]
        position = marks.find("1")
        while position >= 0:
            service, first, end = self._span_at[position]
            yield Piece(service, first, marks[first:end].ljust(end - first, "0"))
            position = marks.find("1", end)

    def names_in(self, piece: Piece) -> Iterator[str]:
        """Yield the names of the actions of a piece."""
        return compress(
            self.names[piece.first : piece.first + len(piece.marks)], map(int, piece.marks)
        )

    def levels_in(self, piece: Piece) -> dict[str, int]:
        """Count the actions of a piece by access level, in AWS's order of the levels."""
        letters = self._columns["levels"][piece.first : piece.first + len(piece.marks)]
        counts = Counter(compress(letters, map(int, piece.marks)))
        return {level: counts[letter] for level, letter in LEVELS.items() if counts[letter]}

    @cached_property
    def _span_at(self) -> list[tuple[str, int, int]]:
        """For each position the service, whose actions stand together, with where these are."""
        sizes = Counter(name.partition(":")[0] for name in self.names)
        ends = zip(sizes, accumulate(sizes.values()), strict=True)
        spans = {name: (name, end - sizes[name], end) for name, end in ends}
        return [spans[name.partition(":")[0]] for name in self.names]

    @cached_property
    def resource_types(self) -> ResourceTypes:
        """Which resources each action can be used on."""
        lines = [line.rpartition(" ") for line in self._columns["arns"].splitlines()]
        actions_by_arn = {arn: set_of(positions(distances)) for arn, _, distances in lines}
        return ResourceTypes(actions_by_arn, self.everything)

    def _expand(self, pattern: str) -> int:
        pattern = pattern.lower()
        if is_literal(pattern):
            position = bisect_left(self._folded, pattern)
            found = position < len(self._folded) and self._folded[position] == pattern
            return 1 << position if found else 0
        prefix = literal_prefix(pattern)
        first = bisect_left(self._folded, prefix)
        last = bisect_left(self._folded, prefix + _BEYOND_ALL_TEXT, lo=first)
        if len(prefix) + 1 == len(pattern) and pattern[-1] == "*":
            return (1 << last) - (1 << first)
        matches = any_of((pattern,))
        # Most patterns that match nothing, of which a hostile document is full, have no names here.
        having = self._having(longest_literal(pattern), first, last)
        return set_of(i for i in having if matches(self._folded[i]))

    def _having(self, text: str, first: int, last: int) -> Iterator[int]:
        """Yield the positions of a range at which the names have a text in them."""
        starts, joined = self._starts, self._joined
        place = joined.find(text, starts[first])
        while 0 <= place < starts[last]:
            position = bisect_right(starts, place) - 1
            yield position
            place = joined.find(text, starts[position + 1])

    @cached_property
    def _starts(self) -> list[int]:
        """Where each name begins in all of them together, and where one more would."""
        return [0, *accumulate(len(name) + 1 for name in self._folded)]


@cache
def action_index() -> ActionIndex:
    """Return the index that the package brings, read once."""
    return ActionIndex.read()


def _order(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))
