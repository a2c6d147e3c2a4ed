"""What a class of sensitive actions is."""

from __future__ import annotations

from dataclasses import dataclass

PERMISSIONS_REFERENCE = (
    "https://docs.aws.amazon.com/service-authorization/latest/reference/"
    "reference_policies_actions-resources-contextkeys.html"
)
"""What each action does, in AWS's words; the source for every action of every class."""


@dataclass(frozen=True, slots=True)
class Exceptional:
    """Actions of a class that do more harm than its others, or less, and why."""

    weight: int
    because: str
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SensitiveClass:
    """Actions that do harm of one kind when somebody may use them on every resource."""

    id: str
    gains: str
    """What the holder can do with them, as the end of the sentence "it can ..."."""
    weight: int
    """How much harm, from 1 (an annoyance) to 10 (the account): 5 is worth a look, 8 is urgent."""
    exceptions: tuple[Exceptional, ...] = ()
    """Actions that weigh otherwise than the class."""
    actions: tuple[str, ...]
    """Names as AWS writes them, without wildcards."""
    sources: tuple[str, ...]
    """Where it is written that such actions are to be held tight."""

    def weight_of(self, action: str) -> int:
        """Return how much harm an action of the class does by itself."""
        known = (each.weight for each in self.exceptions if action in each.actions)
        return next(known, self.weight)
