"""The access keys of the credential report get the ids that ListAccessKeys knows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from rolecall.model.credentials import AccessKey


@dataclass(frozen=True, slots=True)
class ListedKey:
    """An access key as ListAccessKeys describes it."""

    id: str
    is_active: bool
    created_at: datetime


def identify_keys(
    reported: Iterable[AccessKey], listed: Sequence[ListedKey]
) -> tuple[AccessKey, ...]:
    """Return the user's keys as they are now, with their ids.

    The list is newer than the report and so decides which keys there are; the report knows when
    they were last used. What both know is recognized by its date; two keys of the same second
    cannot be, and keep their numbers only.
    """
    known = list(reported)
    keys = [kept for key in known for kept in _still_there(key, known, listed)]
    for each in listed:
        if not any(key.created_at == each.created_at for key in known):
            number = next(n for n in (1, 2, 3) if n not in {key.number for key in keys})
            keys.append(_listed_only(each, number))
    return told_apart(sorted(keys, key=lambda key: key.number))


def told_apart(keys: Iterable[AccessKey]) -> tuple[AccessKey, ...]:
    """Mark the key, of two made in the same second, that has the higher number."""
    seen: set[datetime] = set()
    marked = []
    for key in keys:
        has_twin = key.created_at in seen
        is_so = key.has_elder_twin == has_twin
        marked.append(key if is_so else replace(key, has_elder_twin=has_twin))
        seen.add(key.created_at)
    return tuple(marked)


def _still_there(
    key: AccessKey, known: Iterable[AccessKey], listed: Iterable[ListedKey]
) -> Iterator[AccessKey]:
    """Yield the key unless it was deleted since the report, identified where that is certain."""
    same = [each for each in listed if each.created_at == key.created_at]
    twins = [each for each in known if each.created_at == key.created_at]
    if len(same) == len(twins) == 1:
        yield replace(key, id=same[0].id, is_active=same[0].is_active)
    elif same:
        yield key


def _listed_only(each: ListedKey, number: int) -> AccessKey:
    """Return a key that the report does not know yet, nor when it was last used."""
    return AccessKey(
        number=number, is_active=each.is_active, created_at=each.created_at, id=each.id
    )
