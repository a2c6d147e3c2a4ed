"""Conditions: one key of one operator, read from a statement and tested against a context.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from rolecall.policy.conditions import (
    arns,
    binary,
    booleans,
    dates,
    ip_addresses,
    numbers,
    strings,
)
from rolecall.policy.conditions.operator import Operator, Unreadable
from rolecall.policy.context import Context, text_of
from rolecall.policy.variables import LITERAL_WILDCARDS, is_open, resolve

__all__ = ["OPERATORS", "Condition", "Operator", "read_conditions"]

OPERATORS: Mapping[str, Operator] = {
    operator.name.lower(): operator
    for family in (strings, numbers, dates, booleans, binary, ip_addresses, arns)
    for operator in family.OPERATORS
}
_QUANTIFIERS = {"foranyvalue": "ForAnyValue", "forallvalues": "ForAllValues"}
_IF_EXISTS = "ifexists"
_NULL = "Null"


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: the quantified operator, the key, and the values of which one must match.

    `operator` is spelled as AWS does; one that AWS does not know is kept as it was written, and
    its condition is never settled. `folded_key` is the key in lower case: compare that one.
    """

    operator: str
    key: str
    folded_key: str
    values: tuple[str, ...]
    quantifier: str = ""
    if_exists: bool = False
    has_variables: bool = False

    def test(self, context: Context) -> bool | None:
        """Say whether the condition holds, or None when the context does not settle it."""
        actual = context.get(self.folded_key)
        if actual is None and not context.knows(self.folded_key):
            return None
        if self.operator == _NULL:
            absent = actual is None
            return any((value.lower() == "true") is absent for value in self.values)
        operator = OPERATORS.get(self.operator.lower())
        if operator is None:
            return None
        if actual is None:
            return self._holds_without_key(operator)
        if self.has_variables and operator.variables:
            return self._test_variables(operator, actual, context)
        return self._compare(operator, self.values, actual)

    def _holds_without_key(self, operator: Operator) -> bool:
        if self.if_exists:
            return True
        if self.quantifier:
            return self.quantifier == "ForAllValues"
        return operator.is_negated

    def _test_variables(
        self,
        operator: Operator,
        actual: tuple[str, ...],
        context: Context,
    ) -> bool | None:
        resolved = tuple(resolve(value, context) for value in self.values)
        expected = tuple(value for value in resolved if value is not None)
        if not operator.wildcards:
            expected = tuple(value.translate(LITERAL_WILDCARDS) for value in expected)
        actual = tuple(value.translate(LITERAL_WILDCARDS) for value in actual)
        # A value whose variable has none matches nothing, which is what a negated operator asks
        # for; where the variable is merely unknown, only what the others settle is settled.
        holds = self._compare(operator, expected, actual)
        if holds is not operator.is_negated:
            return holds
        return None if any(is_open(value, context) for value in self.values) else holds

    def _compare(
        self,
        operator: Operator,
        expected: tuple[str, ...],
        actual: tuple[str, ...],
    ) -> bool:
        hits, readable = [], True
        for have in actual:
            hit = False
            for want in expected:
                try:
                    hit = hit or operator.matches(want, have)
                except Unreadable:
                    readable = False
            hits.append(hit)
        if operator.is_negated and not readable:
            return False
        if self.quantifier == "ForAllValues":
            return not any(hits) if operator.is_negated else all(hits)
        if self.quantifier == "ForAnyValue":
            return not all(hits) if operator.is_negated else any(hits)
        return any(hits) is not operator.is_negated

    @property
    def is_known(self) -> bool:
        """Say whether AWS has the operator."""
        return self.operator == _NULL or self.operator.lower() in OPERATORS

    def __str__(self) -> str:
        """Say it in a line: `BoolIfExists aws:MultiFactorAuthPresent = true`."""
        quantified = f"{self.quantifier}:{self.operator}" if self.quantifier else self.operator
        suffix = "IfExists" if self.if_exists else ""
        return f"{quantified}{suffix} {self.key} = {' | '.join(self.values)}"


def read_conditions(element: Any, *, variables: bool) -> Iterator[Condition]:  # noqa: ANN401 - JSON
    """Yield the conditions of a `Condition` element; a ValueError tells what is wrong.

    `variables` tells whether the document's version knows policy variables.
    """
    if not isinstance(element, Mapping):
        raise ValueError("must be an object of operators")  # noqa: TRY004 - about data, not code
    for written, keys in element.items():
        if not isinstance(keys, Mapping):
            raise ValueError(f"{written} must hold an object of keys")  # noqa: TRY004 - as above
        quantifier, operator, if_exists = _take_apart(written)
        for key, value in keys.items():
            values = _values(written, key, value)
            yield Condition(
                operator=operator,
                key=key,
                folded_key=key.lower(),
                values=values,
                quantifier=quantifier,
                if_exists=if_exists,
                has_variables=variables and any("${" in text for text in values),
            )


def _take_apart(written: str) -> tuple[str, str, bool]:
    """Part `ForAnyValue:StringLikeIfExists` into quantifier, operator and suffix."""
    prefix, colon, rest = written.rpartition(":")
    quantifier = _QUANTIFIERS.get(prefix.lower(), "")
    folded = rest.lower()
    if_exists = folded.endswith(_IF_EXISTS)
    folded = folded.removesuffix(_IF_EXISTS)
    if folded == _NULL.lower() and not colon and not if_exists:
        return "", _NULL, False
    operator = OPERATORS.get(folded)
    if operator is None or (colon and not quantifier):
        return "", written, False
    return quantifier, operator.name, if_exists


def _values(operator: str, key: str, value: Any) -> tuple[str, ...]:  # noqa: ANN401 - raw JSON
    values = value if isinstance(value, (list, tuple)) else (value,)
    if not all(isinstance(item, (str, bool, int, float)) for item in values):
        raise ValueError(f"{operator} {key} must hold a text, a number, a truth value or a list")
    return tuple(map(text_of, values))
