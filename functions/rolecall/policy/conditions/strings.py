"""String condition operators.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
"""

from __future__ import annotations

import operator

from rolecall.policy.conditions.operator import Operator
from rolecall.policy.wildcards import matches


def _equals_ignore_case(expected: str, actual: str) -> bool:
    return expected.lower() == actual.lower()


OPERATORS = (
    Operator("StringEquals", operator.eq, variables=True),
    Operator("StringNotEquals", operator.eq, is_negated=True, variables=True),
    Operator("StringEqualsIgnoreCase", _equals_ignore_case, variables=True),
    Operator("StringNotEqualsIgnoreCase", _equals_ignore_case, is_negated=True, variables=True),
    Operator("StringLike", matches, wildcards=True, variables=True),
    Operator("StringNotLike", matches, is_negated=True, wildcards=True, variables=True),
)
