"""ARN condition operators: each of the six parts is compared on its own.

`ArnEquals` and `ArnLike` behave identically, and so do their negations.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
"""

from __future__ import annotations

from rolecall.policy.arn import parse_arn
from rolecall.policy.conditions.operator import Operator
from rolecall.policy.wildcards import is_everything, matches


def _alike(expected: str, actual: str) -> bool:
    if is_everything(expected):
        return True
    pattern, arn = parse_arn(expected), parse_arn(actual)
    if pattern is None or arn is None:
        return False
    return all(map(matches, pattern, arn))


OPERATORS = (
    Operator("ArnEquals", _alike, wildcards=True, variables=True),
    Operator("ArnNotEquals", _alike, is_negated=True, wildcards=True, variables=True),
    Operator("ArnLike", _alike, wildcards=True, variables=True),
    Operator("ArnNotLike", _alike, is_negated=True, wildcards=True, variables=True),
)
