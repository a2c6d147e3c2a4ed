"""Numeric condition operators.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
"""

from __future__ import annotations

import operator
import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from rolecall.policy.conditions.operator import Operator, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBER = re.compile(r"[+-]?(\d{1,64}(\.\d{0,64})?|\.\d{1,64})")


def _comparison(compare: Callable[[Decimal, Decimal], bool]) -> Callable[[str, str], bool]:
    return lambda expected, actual: compare(_number(actual), _number(expected))


@lru_cache(maxsize=1 << 12)
def _number(text: str) -> Decimal:
    if _NUMBER.fullmatch(text.strip()) is None:
        raise Unreadable(text)
    return Decimal(text.strip())


OPERATORS = (
    Operator("NumericEquals", _comparison(operator.eq)),
    Operator("NumericNotEquals", _comparison(operator.eq), is_negated=True),
    Operator("NumericLessThan", _comparison(operator.lt)),
    Operator("NumericLessThanEquals", _comparison(operator.le)),
    Operator("NumericGreaterThan", _comparison(operator.gt)),
    Operator("NumericGreaterThanEquals", _comparison(operator.ge)),
)
