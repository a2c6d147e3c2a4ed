"""One statement of a policy in its regular form, and how it is read from a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from rolecall.policy.conditions import Condition, read_conditions
from rolecall.policy.errors import PolicyError
from rolecall.policy.principals import Principal, read_principals

Effect: TypeAlias = Literal["Allow", "Deny"]

_ELEMENTS = frozenset(
    {
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Condition",
    },
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement whose every element is a tuple; of each pair with `not_` at most one is filled.

    `actions` and `not_actions` are in lower case. A trust policy has no resources: both tuples
    are empty, and the statement is about whatever it is attached to. `principals` and
    `not_principals` are empty in identity-based policies. What is found out about a statement can
    be `remembered` with it.
    """

    index: int
    effect: Effect
    actions: tuple[str, ...] = ()
    not_actions: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    not_resources: tuple[str, ...] = ()
    principals: tuple[Principal, ...] = ()
    not_principals: tuple[Principal, ...] = ()
    conditions: tuple[Condition, ...] = ()
    sid: str = ""
    has_variables: bool = False
    remembered: dict[object, Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def allows(self) -> bool:
        """Say whether the effect is Allow."""
        return self.effect == "Allow"

    @property
    def names_principals(self) -> bool:
        """Say whether the statement has an element Principal or NotPrincipal."""
        return bool(self.principals or self.not_principals)

    @property
    def label(self) -> str:
        """Return the Sid, or the position counted from 1 when there is none."""
        return self.sid or f"statement {self.index + 1}"


def read_statement(raw: Any, index: int, *, variables: bool) -> Statement:  # noqa: ANN401 - JSON
    """Bring one statement into its regular form; a PolicyError names the field and its value.

    `variables` tells whether the document's version knows policy variables.
    """
    if not isinstance(raw, Mapping):
        raise PolicyError("must be an object", statement=index, value=raw)
    return _Reader(raw, index).read(variables=variables)


@dataclass(frozen=True, slots=True)
class _Reader:
    raw: Mapping[str, Any]
    index: int

    def read(self, *, variables: bool) -> Statement:
        for element in self.raw:
            if element not in _ELEMENTS:
                raise self.error("is no element of a statement", element, self.raw[element])
        principals, not_principals = self.principals()
        actions, not_actions = self.pair("Action", required=True)
        resources, not_resources = self.pair("Resource", required=not principals + not_principals)
        return Statement(
            index=self.index,
            effect=self.effect(),
            actions=self.lowered("Action", actions),
            not_actions=self.lowered("NotAction", not_actions),
            resources=resources,
            not_resources=not_resources,
            principals=principals,
            not_principals=not_principals,
            conditions=self.conditions(variables=variables) if "Condition" in self.raw else (),
            sid=self.sid(),
            has_variables=variables and any("${" in text for text in resources + not_resources),
        )

    def effect(self) -> Effect:
        effect: Effect | None = self.raw.get("Effect")
        if effect not in ("Allow", "Deny"):
            raise self.error("must be Allow or Deny", "Effect", effect)
        return effect

    def sid(self) -> str:
        sid = self.raw.get("Sid", "")
        if not isinstance(sid, str):
            raise self.error("must be a text", "Sid", sid)
        return sid

    def pair(self, element: str, *, required: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Read an element or its Not-twin, of which a statement has one at most."""
        inverse = f"Not{element}"
        if element in self.raw:
            if inverse in self.raw:
                raise self.error(f"stands beside {element}", inverse, self.raw[inverse])
            return self.texts(element), ()
        if inverse in self.raw:
            return (), self.texts(inverse)
        if required:
            raise self.error("is missing", element)
        return (), ()

    def texts(self, element: str) -> tuple[str, ...]:
        value = self.raw[element]
        if isinstance(value, str):
            value = (value,)
        if not isinstance(value, (list, tuple)) or not value:
            raise self.error("must be a text or a list of texts", element, value)
        for text in value:
            if not isinstance(text, str) or not text:
                raise self.error("must be a text", element, text)
        return tuple(value)

    def lowered(self, element: str, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            if ":" not in pattern and pattern.strip("*"):
                raise self.error("must name a service before a colon", element, pattern)
        return tuple([pattern.lower() for pattern in patterns])

    def principals(self) -> tuple[tuple[Principal, ...], tuple[Principal, ...]]:
        raw = self.raw
        if "Principal" in raw and "NotPrincipal" in raw:
            raise self.error("stands beside Principal", "NotPrincipal", raw["NotPrincipal"])
        return self.principals_of("Principal"), self.principals_of("NotPrincipal")

    def principals_of(self, element: str) -> tuple[Principal, ...]:
        if element not in self.raw:
            return ()
        value = self.raw[element]
        try:
            principals = tuple(read_principals(value))
        except (TypeError, ValueError) as problem:
            raise self.error(str(problem), element, value) from problem
        if not principals:
            raise self.error("names nobody", element, value)
        return principals

    def conditions(self, *, variables: bool) -> tuple[Condition, ...]:
        value = self.raw["Condition"]
        try:
            return tuple(read_conditions(value, variables=variables))
        except ValueError as problem:
            raise self.error(str(problem), "Condition", value) from problem

    def error(self, problem: str, field: str, value: Any = None) -> PolicyError:  # noqa: ANN401
        return PolicyError(problem, statement=self.index, field=field, value=value)
