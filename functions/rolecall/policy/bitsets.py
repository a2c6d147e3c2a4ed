"""Sets as integers: a bit for each member, by its position."""

from collections.abc import Iterable, Iterator
from itertools import accumulate


def positions(distances: str) -> Iterator[int]:
    """Read ascending positions that are written as the distances between them."""
    return accumulate(map(int, distances.split(","))) if distances else iter(())


def set_of(members: Iterable[int]) -> int:
    """Return the set of what is at these positions."""
    found = list(members)
    marks = bytearray(max(found, default=0) // 8 + 1)
    for position in found:
        marks[position >> 3] |= 1 << (position & 7)
    return int.from_bytes(marks, "little")


def bits_of(bits: int) -> Iterator[int]:
    """Yield the positions of a set, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
