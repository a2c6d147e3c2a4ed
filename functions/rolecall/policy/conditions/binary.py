"""The binary condition operator: values are base64 on both sides.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals
"""

from __future__ import annotations

import base64
import binascii

from rolecall.policy.conditions.operator import Operator, Unreadable


def _same(expected: str, actual: str) -> bool:
    return _bytes(expected) == _bytes(actual)


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Unreadable(text) from None


OPERATORS = (Operator("BinaryEquals", _same),)
