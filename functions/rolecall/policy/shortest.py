"""The shortest policies that allow exactly a set of actions.

Wildcards stand at the borders of words only (`iam:Get*`, never `iam:G*`), so that they read well
and so that actions of another kind that AWS adds later are not taken in by accident. They match
exactly the set under the table of the set's index; `wildcard_drift` tells when that ends. Among
such patterns the cover is found greedily, best saving first, which is short and not proven least.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import reduce
from heapq import heapify, heappop, heappush
from itertools import combinations_with_replacement, groupby
from operator import or_
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rolecall.policy.action_set import ActionSet

MANAGED_POLICY_CHARACTERS = 6144
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^A-Z]+")
_COMMA = 1


class _Pattern(NamedTuple):
    """A name, or what stands before and behind a star."""

    prefix: str
    suffix: str | None = None

    def __str__(self) -> str:
        return self.prefix if self.suffix is None else f"{self.prefix}*{self.suffix}"

    def spares(self, names: list[str]) -> bool:
        """Say whether none of the names, in lower case, matches."""
        if self.suffix is None:
            return True
        prefix, suffix = self.prefix.lower(), self.suffix.lower()
        shortest = len(prefix) + len(suffix)
        return not any(
            name.startswith(prefix) and name.endswith(suffix) and len(name) >= shortest
            for name in names
        )


def shortest_patterns(actions: ActionSet) -> list[str]:
    """Return few and short action patterns that together match exactly these actions."""
    index = actions.index
    if actions.bits == index.everything:
        return ["*", *sorted(actions.unknown)]
    patterns: list[str] = []
    for service, names in groupby(index.names_of(actions.bits), _service_of):
        every = map(_name_of, index.names_of(index.expand(f"{service}:*")))
        cover = _cover(list(map(_name_of, names)), list(every), len(service) + 1)
        patterns += [f"{service}:{pattern}" for pattern in cover]
    return [*patterns, *sorted(actions.unknown)]


def shortest_policies(
    actions: ActionSet,
    max_characters: int = MANAGED_POLICY_CHARACTERS,
) -> list[dict[str, Any]]:
    """Return policy documents that together allow these actions on every resource.

    None has more characters than `max_characters`, white space not counted, as AWS counts them.
    A ValueError tells that not even one action fits.
    """
    room = max_characters - len(json.dumps(_document([]), separators=(",", ":")))
    chunks: list[list[str]] = []
    left = 0
    for pattern in shortest_patterns(actions):
        needed = len(json.dumps(pattern)) + _COMMA
        if needed > room + 1:
            raise ValueError(f"{pattern} does not fit into {max_characters} characters")
        if needed > left:
            chunks.append([])
            left = room + 1  # behind the last pattern there is no comma
        chunks[-1].append(pattern)
        left -= needed
    return [_document(chunk) for chunk in chunks]


def _document(patterns: list[str]) -> dict[str, Any]:
    statement = {"Effect": "Allow", "Action": patterns, "Resource": "*"}
    return {"Version": "2012-10-17", "Statement": [statement]}


def _cover(names: list[str], every: list[str], overhead: int) -> list[str]:
    """Cover some names of a service, of which `every` are all, and match none of the others.

    `overhead` is the length of what every pattern costs beside itself. How much a pattern saves
    only falls while others are chosen, so the best one has to be looked at again and no other.
    """
    wanted = set(names)
    unwanted = [name.lower() for name in every if name not in wanted]
    if not unwanted:
        return ["*"]
    candidates = _candidates(names)
    missing = (1 << len(names)) - 1
    chosen: dict[_Pattern, int] = {}
    queue = [
        (-bits.bit_count() / (overhead + len(str(pattern))), str(pattern), pattern)
        for pattern, bits in candidates.items()
    ]
    heapify(queue)
    while missing:
        worth, text, pattern = heappop(queue)
        left = candidates[pattern] & missing
        now = -left.bit_count() / (overhead + len(text))
        if now > worth:
            heappush(queue, (now, text, pattern))
        elif pattern.spares(unwanted):
            chosen[pattern] = candidates[pattern]
            missing &= ~left
    return sorted(map(str, _without_superfluous(chosen)))


def _candidates(names: list[str]) -> dict[_Pattern, int]:
    """Return every pattern that may be used, with the set of the names that it surely matches.

    A wildcard for a single name would be shorter at times, and would only invite drift.
    """
    candidates: defaultdict[_Pattern, int] = defaultdict(int)
    for i, name in enumerate(names):
        borders = [0, *(found.end() for found in _WORD.finditer(name))]
        candidates[_Pattern(name)] |= 1 << i
        for start, end in combinations_with_replacement(borders, 2):
            if (start, end) != (0, len(name)):
                candidates[_Pattern(name[:start], name[end:])] |= 1 << i
    return {
        pattern: covered
        for pattern, covered in candidates.items()
        if pattern.suffix is None or covered.bit_count() > 1
    }


def _without_superfluous(chosen: dict[_Pattern, int]) -> Iterator[_Pattern]:
    """Leave out the patterns that others, chosen later, have made superfluous."""
    kept = dict(chosen)
    for pattern in chosen:
        others = reduce(or_, (bits for other, bits in kept.items() if other != pattern), 0)
        if not kept[pattern] & ~others:
            del kept[pattern]
    yield from kept


def _service_of(action: str) -> str:
    return action.partition(":")[0]


def _name_of(action: str) -> str:
    return action.partition(":")[2]
