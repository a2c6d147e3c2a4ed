"""The context of a request: what is known of the caller, the call and the resource.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-reqcontext.html
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self, TypeAlias

Scalar: TypeAlias = str | bool | int | float
ContextValue: TypeAlias = Scalar | Iterable[Scalar] | None


@dataclass(frozen=True, slots=True)
class Context:
    """Values by condition key in lower case; keys are not case-sensitive to AWS.

    In a complete context a key that is absent was absent from the request; otherwise it is
    simply not known, unless it is there without values.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_complete: bool = False

    @classmethod
    def of(cls, values: Mapping[str, ContextValue], *, is_complete: bool = False) -> Self:
        """Bring any mapping of keys to a value, several, or none into the regular form."""
        regular = {key.lower(): _texts(value) for key, value in values.items()}
        return cls(regular, is_complete)

    def get(self, folded_key: str) -> tuple[str, ...] | None:
        """Return the values of a key given in lower case, or None when there are none."""
        return self.values.get(folded_key) or None

    def knows(self, folded_key: str) -> bool:
        """Say whether the values of a key given in lower case are known, or that it has none."""
        return self.is_complete or folded_key in self.values


def text_of(value: Scalar) -> str:
    """Spell a JSON scalar as AWS compares it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _texts(value: ContextValue) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if value is None:
        return ()
    if isinstance(value, (bool, int, float)):
        return (text_of(value),)
    return tuple(text_of(item) for item in value)
