"""Sets of actions: integers over an action index, and the names that the index does not know."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Self

from rolecall.policy.action_index import ActionIndex, action_index
from rolecall.policy.wildcards import any_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class ActionSet:
    """A set of actions; those that the index does not know are kept as they were written.

    Union is `|`, intersection `&`, difference `-`, subset `<=`; both sides must be over one index.
    """

    bits: int = 0
    unknown: frozenset[str] = frozenset()
    index: ActionIndex = field(default_factory=action_index)

    @classmethod
    def of(cls, patterns: Iterable[str], index: ActionIndex | None = None) -> Self:
        """Return the actions that match at least one of the patterns."""
        index = index or action_index()
        patterns = tuple(patterns)
        unknown = frozenset(p.lower() for p in patterns if index.is_unknown(p))
        return cls(index.expand_all(patterns), unknown, index)

    def __repr__(self) -> str:
        """Tell how many actions there are and the first of them; bits would say nothing."""
        first = ", ".join(islice(self, 3))
        return f"<ActionSet of {len(self)}: {first}>"

    def __or__(self, other: Self) -> Self:
        """Return the union."""
        self._check(other)
        return type(self)(self.bits | other.bits, self.unknown | other.unknown, self.index)

    def __and__(self, other: Self) -> Self:
        """Return the intersection."""
        self._check(other)
        return type(self)(self.bits & other.bits, self.unknown & other.unknown, self.index)

    def __sub__(self, other: Self) -> Self:
        """Return the difference."""
        self._check(other)
        return type(self)(self.bits & ~other.bits, self.unknown - other.unknown, self.index)

    def __le__(self, other: Self) -> bool:
        """Say whether every action of this set is in the other."""
        self._check(other)
        return not self.bits & ~other.bits and self.unknown <= other.unknown

    def __contains__(self, action: str) -> bool:
        """Say whether the set has the action of this name, in any case.

        A name that AWS never had is in the set only when it was written out, in a policy or in
        what `granted` was told to reckon with; for others ask `decide`.
        """
        bits = self.index.expand(action)
        return bool(bits & self.bits) if bits else action.lower() in self.unknown

    def __iter__(self) -> Iterator[str]:
        """Yield the names in alphabetical order, the unknown ones last."""
        yield from self.index.names_of(self.bits)
        yield from sorted(self.unknown)

    def __len__(self) -> int:
        """Count the actions."""
        return self.bits.bit_count() + len(self.unknown)

    def __bool__(self) -> bool:
        """Say whether there is any action at all."""
        return bool(self.bits or self.unknown)

    def matching(self, pattern: str) -> Self:
        """Return the actions of the set that match a pattern, such as those of one service."""
        matches = any_of((pattern.lower(),))
        unknown = frozenset(filter(matches, self.unknown))
        return type(self)(self.bits & self.index.expand(pattern), unknown, self.index)

    def at_level(self, level: str) -> Self:
        """Return the actions of one access level, named as AWS names it."""
        return type(self)(self.bits & self.index.by_level[level], frozenset(), self.index)

    @property
    def services(self) -> tuple[str, ...]:
        """Return the prefixes of the services that the actions belong to."""
        found = {name.partition(":")[0] for name in self.unknown}
        found.update(piece.service for piece in self.index.pieces(self.bits))
        return tuple(sorted(found))

    def _check(self, other: Self) -> None:
        if self.index is not other.index:
            raise ValueError("the two sets are over different action indexes")
