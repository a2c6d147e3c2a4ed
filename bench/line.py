"""A line of the table that the benchmark prints."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One measured figure."""

    name: str
    value: str
    goal: str = ""

    def __str__(self) -> str:
        """Write the line of the table."""
        return f"{self.name:<58} {self.value:>14}   {self.goal}".rstrip()
