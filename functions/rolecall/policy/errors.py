"""What the policy engine says of a document that AWS would not accept."""

from __future__ import annotations

from typing import Any

_SHOWN_CHARACTERS = 120


class PolicyError(ValueError):
    """Tells which statement and which field of a policy document is wrong, and shows its value."""

    def __init__(
        self,
        problem: str,
        *,
        policy: str = "",
        statement: int | None = None,
        field: str = "",
        value: Any = None,  # noqa: ANN401 - whatever stood in the document
    ) -> None:
        """Keep the parts of the message as attributes of the same names."""
        self.problem = problem
        self.policy = policy
        self.statement = statement
        self.field = field
        self.value = value
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        where = [f"policy {self.policy!r}"] if self.policy else []
        if self.statement is not None:
            where.append(f"statement {self.statement}")
        if self.field:
            where.append(self.field)
        sentence = f"{', '.join(where)}: {self.problem}" if where else self.problem
        if self.value is None:
            return sentence
        shown = repr(self.value)
        if len(shown) > _SHOWN_CHARACTERS:
            shown = shown[:_SHOWN_CHARACTERS] + "..."
        return f"{sentence}: {shown}"
