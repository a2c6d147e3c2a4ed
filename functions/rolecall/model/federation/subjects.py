"""How many tokens of an issuer fit a subject, and which ones in words."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias


class Width(IntEnum):
    """Who can come by a token that fits, from the fewest to the most."""

    NOBODY = 0
    ONE = 1
    """One branch, environment, service account or user."""
    PROJECT = 2
    """Everything that runs for one repository, workspace or pool."""
    ORGANIZATION = 3
    """Everything that runs for one customer of the issuer."""
    EVERYBODY = 4
    """Whoever opens an account with the issuer."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What the values of a claim admit."""

    width: Width
    words: str


Reading: TypeAlias = Callable[[str], Subject]


def is_open(text: str) -> bool:
    """Tell whether a pattern, or a piece of one, leaves anything open."""
    return not text or "*" in text or "?" in text


@dataclass(frozen=True, slots=True)
class Field:
    """One piece of a subject: `key:value`, what it is called, and how wide it is when open."""

    key: str
    noun: str
    opens: Width
    is_path: bool = False
    """Whether the value is `owner/name`, whose owner counts for more than its name."""


def by_fields(*fields: Field, separator: str = ":") -> Reading:
    """Return how to read subjects made of `key:value` pieces in this order."""

    def read(text: str) -> Subject:
        values = _values(text, fields, separator)
        if values is None:
            width = fields[0].opens if is_open(text) else Width.ONE
            return Subject(width, f"whatever fits the subject {text}")
        width = max(_width(each, values[each.key]) for each in fields)
        words = [_words(each, values[each.key]) for each in fields]
        while len(words) > 1 and words[-1].startswith("any ") and words[-2].startswith("any "):
            words.pop()
        return Subject(max(width, Width.ONE), " of ".join(reversed(words)))

    return read


def _values(text: str, fields: tuple[Field, ...], separator: str) -> dict[str, str] | None:
    """Take a subject apart; a piece that a wildcard swallows is empty. None: made otherwise."""
    values = dict.fromkeys((each.key for each in fields), "")
    places = []
    for each in fields:
        mark = f"{each.key}{separator}"
        at = 0 if text.startswith(mark) else text.find(separator + mark)
        if at >= 0:
            start = at + len(mark) + (0 if at == 0 and text.startswith(mark) else len(separator))
            places.append((at, start, each.key))
    if not places:
        return values if not text.strip("*?") else None
    places.sort()
    if not is_open(text[: places[0][0]]) and places[0][0] > 0:
        return None
    ends = [at for at, _, _ in places[1:]] + [len(text)]
    for (_, start, key), end in zip(places, ends, strict=True):
        values[key] = text[start:end].partition(f"{separator}*")[0]
    return values


def _width(each: Field, value: str) -> Width:
    if not is_open(value):
        return Width.NOBODY
    owner, slash, _ = value.partition("/")
    if each.is_path and slash and not is_open(owner):
        return Width.ORGANIZATION
    return each.opens


def _words(each: Field, value: str) -> str:
    if not is_open(value):
        return f"{each.noun} {value}"
    if not value.strip("*?"):
        return f"any {each.noun}"
    owner, slash, name = value.partition("/")
    if each.is_path and slash and not is_open(owner):
        which = f"any {each.noun}" if not name.strip("*?") else f"any {each.noun} like {name}"
        return f"{which} of {owner}"
    return f"any {each.noun} like {value}"
