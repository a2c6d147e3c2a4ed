"""Who answers for a user or role."""

import re
from collections.abc import Iterable

from rolecall.model.principals import Role, User

OWNER_TAGS = ("owner", "owner-email", "email", "mail", "contact")
"""Keys of the tags that name an owner, whatever their case; the first one that is there counts."""


_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def owner_of(principal: User | Role, tags: Iterable[str] = OWNER_TAGS) -> str:
    """Return the name or e-mail address of who answers for the principal; empty for nobody.

    A user whose name is an e-mail address belongs to whoever has the address.
    """
    values = {key.casefold(): value.strip() for key, value in principal.tags.items()}
    named = next((values[tag.casefold()] for tag in tags if values.get(tag.casefold())), "")
    return named or (principal.name if "@" in principal.name else "")


def owners_of(principal: User | Role, tags: Iterable[str] = OWNER_TAGS) -> tuple[str, ...]:
    """Return all who answer for the principal: every address in the tags, other values whole."""
    values = {key.casefold(): value.strip() for key, value in principal.tags.items()}
    named = [values[tag.casefold()] for tag in tags if values.get(tag.casefold())]
    found = [each for value in named for each in _ADDRESS.findall(value) or [value]]
    own = [principal.name] if "@" in principal.name and not found else []
    return tuple(dict.fromkeys((*found, *own)))
