"""What a principal may do as it is kept between two looks at it: three sets of actions, packed."""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rolecall.policy import Grants

_Names = frozenset[str]


@dataclass(frozen=True, slots=True)
class KeptRights:
    """Bitsets over the action index, and names that it does not have, each by how broad they are.

    The three sets of `policy.Grants`, which have nothing in common: the broadest comes first.
    """

    bits: tuple[int, int, int] = (0, 0, 0)
    names: tuple[_Names, _Names, _Names] = (frozenset(), frozenset(), frozenset())

    @classmethod
    def of(cls, grants: Grants) -> "KeptRights":
        """Take the sets of what policies grant."""
        every, some, conditional = (
            grants.everywhere,
            grants.on_some_resources,
            grants.under_conditions,
        )
        return cls(
            (every.bits, some.bits, conditional.bits),
            (every.unknown, some.unknown, conditional.unknown),
        )

    def __bool__(self) -> bool:
        """Say whether there is any action at all."""
        return any(self.bits) or any(self.names)

    def __len__(self) -> int:
        """Count the actions."""
        return sum(map(int.bit_count, self.bits)) + sum(map(len, self.names))

    @property
    def all_bits(self) -> int:
        """The actions of the index, however broad."""
        every, some, conditional = self.bits
        return every | some | conditional

    def beyond(self, other: "KeptRights") -> "KeptRights":
        """Return what is in no set of the other, as broad as it is here."""
        known, named = other.all_bits, frozenset().union(*other.names)
        return _rights((b & ~known, n - named) for b, n in zip(self.bits, self.names, strict=True))

    def broader_than(self, other: "KeptRights") -> "KeptRights":
        """Return what the other has too, and less broadly, as broad as it is here."""
        narrower = [
            (_union(other.bits[level:]), frozenset().union(*other.names[level:]))
            for level in range(1, len(self.bits) + 1)
        ]
        mine = zip(self.bits, self.names, strict=True)
        return _rights(
            (bits & theirs, names & their_names)
            for (bits, names), (theirs, their_names) in zip(mine, narrower, strict=True)
        )

    def packed(self) -> str:
        """Write the sets as a short text."""
        content = [[format(b, "x"), sorted(n)] for b, n in zip(self.bits, self.names, strict=True)]
        return b64encode(zlib.compress(json.dumps(content).encode(), 9)).decode()

    @classmethod
    def unpacked(cls, text: str) -> "KeptRights":
        """Read what `packed` wrote."""
        content = json.loads(zlib.decompress(b64decode(text)))
        return _rights((int(bits, 16), frozenset(names)) for bits, names in content)


def _rights(sets: Iterable[tuple[int, _Names]]) -> KeptRights:
    every, some, conditional = sets
    return KeptRights(
        (every[0], some[0], conditional[0]),
        (every[1], some[1], conditional[1]),
    )


def _union(sets: Sequence[int]) -> int:
    together = 0
    for bits in sets:
        together |= bits
    return together
