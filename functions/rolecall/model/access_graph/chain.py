"""A chain: the steps by which a principal comes to be more than it is."""

from dataclasses import dataclass
from enum import IntEnum

from rolecall.policy.escalation import EscalationPath


class Certainty(IntEnum):
    """How sure a step or a chain is; the greater, the less."""

    GRANTED = 0
    DEPENDENT = 1
    """Something must exist that IAM does not show, such as a function that has the role."""
    CONDITIONAL = 2
    """A condition decides that the data cannot."""

    @property
    def verdict(self) -> str:
        """The word that findings use."""
        return "granted" if self is Certainty.GRANTED else "conditional"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One move: the actor uses a path, and has what the target has."""

    actor: str
    """ARN of who makes the step: the principal itself at first, later whom it became."""
    path: EscalationPath
    target: str
    """ARN of the user, role or group that it becomes or changes; of the account where it rules."""
    certainty: Certainty
    conditions: tuple[str, ...] = ()
    """The conditions that decide, where conditions do."""
    becomes: EscalationPath | None = None
    """How it comes to act as the target, where the path only changes the target."""
    choice: str = ""
    """What the actor has to choose for it to work, such as the name of a session."""


@dataclass(frozen=True, slots=True)
class Chain:
    """The steps from a principal to its goal, the shortest of the surest ones."""

    steps: tuple[Step, ...]
    certainty: Certainty

    @property
    def start(self) -> str:
        """ARN of the principal that the chain begins with."""
        return self.steps[0].actor

    @property
    def goal(self) -> str:
        """ARN of what it gains in the end."""
        return self.steps[-1].target

    @property
    def depends_on(self) -> tuple[str, ...]:
        """What must exist that IAM does not show."""
        return tuple(dict.fromkeys(s.path.depends_on for s in self.steps if s.path.depends_on))

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions that decide whether every step can be made."""
        return tuple(dict.fromkeys(each for step in self.steps for each in step.conditions))
