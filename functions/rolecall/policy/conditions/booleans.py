"""The Boolean condition operator.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
"""

from __future__ import annotations

from rolecall.policy.conditions.operator import Operator, Unreadable

_WORDS = {"true": True, "false": False}


def _same(expected: str, actual: str) -> bool:
    try:
        return _WORDS[expected.lower()] is _WORDS[actual.lower()]
    except KeyError:
        raise Unreadable(expected) from None


OPERATORS = (Operator("Bool", _same, variables=True),)
