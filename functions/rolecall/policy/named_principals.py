"""Principals of one statement, found by who asks: roles of hundreds name hundreds of others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from rolecall.policy.arn import parse_arn
from rolecall.policy.wildcards import is_literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rolecall.policy.principals import Principal
    from rolecall.policy.requests import Caller

_ROLE = "role/"


@dataclass(frozen=True, slots=True)
class NamedPrincipals:
    """The principals of a statement: those that stand for one text, and the others."""

    by_value: dict[str, list[Principal]] = field(default_factory=lambda: defaultdict(list))
    by_role: dict[tuple[str, str], list[Principal]] = field(
        default_factory=lambda: defaultdict(list)
    )
    others: list[Principal] = field(default_factory=list)

    @classmethod
    def of(cls, principals: Iterable[Principal]) -> NamedPrincipals:
        """Sort principals by what has to be known of a caller to tell whether one names it."""
        found = cls()
        for principal in principals:
            if principal.is_anyone or principal.is_unique_id or not is_literal(principal.value):
                found.others.append(principal)
                continue
            found.by_value[principal.value].append(principal)
            role = role_of(principal.value)
            if role:
                found.by_role[role].append(principal)
        return found

    def about(self, caller: Caller) -> list[Principal]:
        """Return those that may name the caller; no other one does."""
        found = [*self.others]
        for value in dict.fromkeys((caller.principal, caller.account_id)):
            found += self.by_value.get(value, ())
        if caller.kind == "assumed-role":
            found += self.by_role.get((caller.account_id, caller.name), ())
        return found


def role_of(arn: str) -> tuple[str, str] | None:
    """Return account and name of the role that an ARN names, without the path.

    The ARN of a session shows no path of its role.
    """
    parsed = parse_arn(arn)
    if parsed is None or not parsed.resource.startswith(_ROLE):
        return None
    return parsed.account_id, parsed.resource.rpartition("/")[2]
