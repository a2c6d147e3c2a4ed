"""What a rule is: typed metadata around one pure function, a check or a detection."""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from rolecall.model.completeness import Part
from rolecall.model.event_pattern import EventPattern
from rolecall.model.evidence import Evidence
from rolecall.model.habits import Habits, Unusual
from rolecall.model.memory import Burst, Memory
from rolecall.model.severity import Severity

if TYPE_CHECKING:
    from rolecall.model.account import Account
    from rolecall.model.event import CloudTrailEvent
    from rolecall.model.permission_change import PermissionChange
    from rolecall.model.principal_record import PrincipalRecord

__all__ = [
    "AUDITS",
    "AUDIT_OF_FOLDER",
    "Check",
    "Comparison",
    "Control",
    "Detection",
    "EventPattern",
    "Parameter",
    "Rule",
]

Parameter: TypeAlias = "int | bool | str | tuple[str, ...]"

_AnyRule = TypeVar("_AnyRule", bound="Rule")

AUDIT_OF_FOLDER = {
    "keys": "key-rotation",
    "users": "user-age",
    "account": "user-age",
    "root": "user-age",
    "privilege": "over-privilege",
    "trust": "over-privilege",
    "exceptions": "user-age",
}
"""Which scheduled audit runs the checks of which folder."""
AUDITS = tuple(dict.fromkeys(AUDIT_OF_FOLDER.values()))


@dataclass(frozen=True, slots=True)
class Control:
    """One requirement of an external standard; its number is only true with the version."""

    standard: str
    version: str
    number: str

    def __str__(self) -> str:
        """Write the control as people cite it."""
        return f"{self.standard} {self.version} {self.number}"


def _unwritten(*_: object, **__: object) -> Iterator[Evidence]:
    raise TypeError("this rule has metadata but no function")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What checks and detections have in common; used as a decorator of the rule's function.

    The function's docstring says why the rule matters, its keyword-only arguments with defaults
    are the parameters that a deployer may set.
    """

    id: str
    title: str
    severity: Severity
    remediation: str
    references: tuple[str, ...]
    compliance: tuple[Control, ...] = ()
    is_always_told: bool = False
    """Whether it is told whatever its severity, and suppressed only one finding at a time."""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    """The words that a parameter may be made of, where others mean nothing."""
    why: str = ""
    evaluate: Callable[..., Iterator[Evidence]] = field(
        default=_unwritten, repr=False, compare=False
    )

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """The parameters that may be set, with their defaults."""
        signature = inspect.signature(self.evaluate)
        return {
            name: argument.default
            for name, argument in signature.parameters.items()
            if argument.kind is inspect.Parameter.KEYWORD_ONLY
        }

    @property
    def kind(self) -> str:
        """Whether the rule judges state or events: `check` or `detection`."""
        return type(self).__name__.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Rule):
    """A rule over the state of one account, run on a schedule."""

    needs: frozenset[Part]
    """The parts of the snapshot without which the check may not judge."""
    weighs: frozenset[Part] = frozenset()
    """The parts that only raise or lower severities: the check judges without them, but where they
    were wanted and did not come, what is stored does not get milder for it."""
    in_every_audit: bool = False

    def __call__(self, function: Callable[..., Iterator[Evidence]]) -> "Check":
        """Attach the function that judges an account: `(account, **parameters) -> evidence`."""
        return _with_function(self, function)

    def judge(self, account: "Account", parameters: Mapping[str, Parameter]) -> list[Evidence]:
        """Return the evidence that the account gives under these parameters."""
        return list(self.evaluate(account, **parameters))

    def is_unsure(self, account: "Account") -> bool:
        """Tell whether a part that the check weighs was wanted and did not come."""
        return any(map(account.misses, self.weighs))

    @property
    def audits(self) -> frozenset[str]:
        """The names of the scheduled audits that run the check."""
        if self.in_every_audit:
            return frozenset(AUDITS)
        folder = self.evaluate.__module__.split(".")[-2]
        return frozenset({AUDIT_OF_FOLDER[folder]})


@dataclass(frozen=True, slots=True, kw_only=True)
class Detection(Rule):
    """A rule over one CloudTrail event, run within seconds of it."""

    patterns: tuple[EventPattern, ...]
    memory: Memory | None = None
    """What is remembered of the events that it wants, where one of them decides nothing."""
    habits: Habits | None = None
    """What is remembered of those who act, where it is the unusual that counts."""
    asks_about: "Callable[[CloudTrailEvent], str] | None" = None
    """Names the user or role, by ARN, whose record it judges by; empty text for nobody."""
    attack: tuple[str, ...] = ()
    """MITRE ATT&CK technique ids, such as T1098.001."""
    false_positives: tuple[str, ...] = ()
    """Who does this legitimately."""

    def __call__(self, function: Callable[..., Iterator[Evidence]]) -> "Detection":
        """Attach the function that judges an event: `(event, **parameters) -> evidence`.

        With a memory a `Burst` comes second, with habits an `Unusual`, with `asks_about` a record.
        """
        return _with_function(self, function)

    def wants(self, event: "CloudTrailEvent") -> bool:
        """Tell whether any of the patterns matches the event."""
        return any(pattern.matches(event) for pattern in self.patterns)

    def judge(
        self,
        event: "CloudTrailEvent",
        parameters: Mapping[str, Parameter],
        known: "Burst | Unusual | PrincipalRecord | None" = None,
    ) -> list[Evidence]:
        """Return the evidence of the event; one that remembers or asks needs what is known."""
        given = () if known is None else (known,)
        return list(self.evaluate(event, *given, **parameters))


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison(Rule):
    """A rule over what became of rights since they were last looked at, run soon after a change."""

    patterns: tuple[EventPattern, ...]
    """The events after which it is worth looking."""

    def __call__(self, function: Callable[..., Iterator[Evidence]]) -> "Comparison":
        """Attach the function that judges a change: `(change, **parameters) -> evidence`."""
        return _with_function(self, function)

    @property
    def kind(self) -> str:
        """Its findings are about one moment, as a detection's: no audit sees them come and go."""
        return "detection"

    def judge(
        self, change: "PermissionChange", parameters: Mapping[str, Parameter]
    ) -> list[Evidence]:
        """Return the evidence that the change gives under these parameters."""
        return list(self.evaluate(change, **parameters))


def _with_function(rule: _AnyRule, function: Callable[..., Iterator[Evidence]]) -> _AnyRule:
    return replace(rule, evaluate=function, why=inspect.getdoc(function) or "")
