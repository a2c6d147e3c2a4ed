"""What a decision says: the outcome, who decided, what blocked, and what remains open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from rolecall.policy.conditions import Condition
    from rolecall.policy.statements import Statement

Layer: TypeAlias = Literal["identity", "boundary", "session", "resource", "scp", "rcp", "endpoint"]


class Outcome(StrEnum):
    """The four answers."""

    ALLOWED = "Allowed"
    EXPLICITLY_DENIED = "ExplicitlyDenied"
    IMPLICITLY_DENIED = "ImplicitlyDenied"
    CONDITIONAL = "Conditional"


@dataclass(frozen=True, slots=True)
class Source:
    """A statement that decided, with the policy that it stands in and the policy's role.

    An answer that follows from no statement, such as the root user's own rights, has none.
    """

    layer: Layer
    policy: str
    statement: Statement | None = None


@dataclass(frozen=True, slots=True)
class Remaining:
    """A statement whose effect depends on what the request's context does not tell.

    `conditions` are those of its conditions that are open. `resources` are those of its resource
    patterns whose variables have no known value. Both are empty where a whole policy is unknown.
    """

    source: Source
    conditions: tuple[Condition, ...] = ()
    resources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to a request.

    `decided_by` are the statements that decided; `blocked_by` names the layers that denied, or
    that should have allowed and did not. `remaining` is filled for a Conditional outcome: the
    request is allowed when an Allow of every layer in it holds and no Deny in it does.
    """

    outcome: Outcome
    decided_by: tuple[Source, ...] = ()
    blocked_by: tuple[Layer, ...] = ()
    remaining: tuple[Remaining, ...] = ()

    @property
    def is_allowed(self) -> bool:
        """Say whether the request is allowed for certain."""
        return self.outcome is Outcome.ALLOWED

    @property
    def may_be_allowed(self) -> bool:
        """Say whether the request is allowed for certain or under conditions."""
        return self.outcome in (Outcome.ALLOWED, Outcome.CONDITIONAL)
