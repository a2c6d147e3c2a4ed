"""Cutting data down to what a service accepts, saying so where something is missing."""

import json
from collections.abc import Mapping, Sequence

from rolecall.model.evidence import Json

_WORTH_KEEPING_BYTES = 64
"""What is left of less than this would be hardly more than the notice that it was cut."""


def json_bytes(value: Json) -> int:
    """Return how many bytes the value takes as JSON in UTF-8."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=dict)
    return len(text.encode("utf-8", "surrogatepass"))


def cut_to_fit(value: Json, limit: int) -> Json:
    """Return the value in at most so many bytes of JSON, give or take a notice of the cut.

    What is small is kept, what is largest is cut; types stay as they are: a text becomes a
    shorter text, a list a shorter list.
    """
    if json_bytes(value) <= limit:
        return value
    if isinstance(value, str):
        return _cut_text(value, limit)
    if isinstance(value, Mapping):
        return cut_members(value, limit)
    if isinstance(value, Sequence):
        return _cut_list(value, limit)
    return value


def cut_members(members: Mapping[str, Json], limit: int) -> dict[str, Json]:
    """Return a mapping that fits: small members as they are, the others with equal shares."""
    kept: dict[str, Json] = {}
    room = limit
    by_size = sorted(members, key=lambda name: json_bytes(members[name]))
    for position, name in enumerate(by_size):
        share = room // (len(by_size) - position) - len(name.encode("utf-8", "surrogatepass"))
        if share >= min(_WORTH_KEEPING_BYTES, json_bytes(members[name])):
            kept[name] = cut_to_fit(members[name], share)
            room -= json_bytes({name: kept[name]})
    whole = {name: kept[name] for name in members if name in kept}
    missing = len(members) - len(whole)
    return {**whole, "...": f"{missing:,} more members were cut"} if missing else whole


def _cut_list(items: Sequence[Json], limit: int) -> list[Json]:
    kept: list[Json] = []
    room = limit
    for item in items:
        if room < min(_WORTH_KEEPING_BYTES, json_bytes(item)):
            break
        kept.append(cut_to_fit(item, room))
        room -= json_bytes(kept[-1]) + 1
    missing = len(items) - len(kept)
    return [*kept, f"... ({missing:,} more were cut)"] if missing else kept


def _cut_text(text: str, limit: int) -> str:
    kept = text
    while kept and (size := json_bytes(kept)) > limit:
        kept = kept[: min(len(kept) - 1, len(kept) * limit // size)]
    return f"{kept} ... (cut: {len(text):,} characters in all)"
