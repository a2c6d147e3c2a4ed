"""Date condition operators: ISO 8601 or seconds since the epoch.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
"""

from __future__ import annotations

import operator
import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from rolecall.policy.conditions.operator import Operator, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable

_EPOCH_SECONDS = re.compile(r"-?\d{1,18}(\.\d{1,9})?")
_YEAR = re.compile(r"\d{4}")
_END_OF_9999 = 253_402_300_799


def _comparison(compare: Callable[[float, float], bool]) -> Callable[[str, str], bool]:
    return lambda expected, actual: compare(_seconds(actual), _seconds(expected))


@lru_cache(maxsize=1 << 12)
def _seconds(text: str) -> float:
    text = text.strip()
    if _YEAR.fullmatch(text):
        text = f"{text}-01-01"
    elif _EPOCH_SECONDS.fullmatch(text):
        # ISO 8601 ends with the year 9999: what is beyond it can only be meant in milliseconds.
        seconds = float(text)
        return seconds if seconds <= _END_OF_9999 else seconds / 1000
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable(text) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


OPERATORS = (
    Operator("DateEquals", _comparison(operator.eq)),
    Operator("DateNotEquals", _comparison(operator.eq), is_negated=True),
    Operator("DateLessThan", _comparison(operator.lt)),
    Operator("DateLessThanEquals", _comparison(operator.le)),
    Operator("DateGreaterThan", _comparison(operator.gt)),
    Operator("DateGreaterThanEquals", _comparison(operator.ge)),
)
