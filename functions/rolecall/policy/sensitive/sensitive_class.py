"""What a class of sensitive actions is."""

from __future__ import annotations

from dataclasses import dataclass

PERMISSIONS_REFERENCE = (
    "https://docs.aws.amazon.com/service-authorization/latest/reference/"
    "reference_policies_actions-resources-contextkeys.html"
)
"""What each action does, in AWS's words; the source for every action of every class."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitiveClass:
    """Actions that do harm of one kind when somebody may use them on every resource."""

    id: str
    gains: str
    """What the holder can do with them, as the end of the sentence "it can ..."."""
    weight: int
    """How much harm, from 1 (an annoyance) to 10 (the account)."""
    actions: tuple[str, ...]
    """Names as AWS writes them, without wildcards."""
    sources: tuple[str, ...]
    """Where it is written that such actions are to be held tight."""
