"""The access keys of the credential report get the ids that ListAccessKeys knows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from rolecall.model.credentials import UNKNOWN_USE, AccessKey
from rolecall.services.read_details import moment
from rolecall.services.read_policies import Detail


@dataclass(frozen=True, slots=True)
class ListedKey:
    """An access key as ListAccessKeys describes it."""

    id: str
    is_active: bool
    created_at: datetime


ListedKeys: TypeAlias = Mapping[str, Sequence[ListedKey]]
"""The keys that IAM lists of users, by the users' names."""


def read_listed_keys(answers: Mapping[str, Sequence[Detail]]) -> ListedKeys:
    """Read what ListAccessKeys answered; raise what reading nonsense raises."""
    return {name: [listed_key(each) for each in keys] for name, keys in answers.items()}


def listed_key(entry: Detail) -> ListedKey:
    """Read an access key of that list; raise what reading nonsense raises."""
    return ListedKey(
        id=entry["AccessKeyId"],
        is_active=entry["Status"] == "Active",
        created_at=moment(entry["CreateDate"]).replace(microsecond=0),
    )


def identify_keys(
    reported: Iterable[AccessKey], listed: Sequence[ListedKey]
) -> tuple[AccessKey, ...]:
    """Return the user's keys as they are now, with their ids.

    The list is newer than the report and so decides which keys there are; the report knows when
    they were last used. What both know is recognized by its date; two keys of the same second
    cannot be, and keep their numbers only.
    """
    known = list(reported)
    dates = dict.fromkeys(key.created_at for key in known)
    keys = [key for date in dates for key in _as_listed(_made_at(date, known), listed)]
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


def _made_at(date: datetime, keys: Iterable[AccessKey]) -> list[AccessKey]:
    return [key for key in keys if key.created_at == date]


def _as_listed(twins: Sequence[AccessKey], listed: Iterable[ListedKey]) -> list[AccessKey]:
    """Return the keys of one second as the list has them: how many there are, and how many active.

    One that is left is identified; of which of two the report knew the last use is then not known.
    """
    same = [each for each in listed if each.created_at == twins[0].created_at]
    if len(same) == 1:
        uses = {key.last_use for key in twins}
        last_use = uses.pop() if len(uses) == 1 else UNKNOWN_USE
        left = replace(twins[0], id=same[0].id, is_active=same[0].is_active, last_use=last_use)
        return [left]
    active = sum(each.is_active for each in same)
    likely = sorted(twins[: len(same)], key=lambda key: not key.is_active)
    return [replace(key, is_active=n < active) for n, key in enumerate(likely)]


def _listed_only(each: ListedKey, number: int) -> AccessKey:
    """Return a key that the report does not know yet, nor when it was last used."""
    return AccessKey(
        number=number, is_active=each.is_active, created_at=each.created_at, id=each.id
    )
