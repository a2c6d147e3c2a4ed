"""What one condition of a Deny means to a caller from outside.

A Deny bars for certain only where the caller can do nothing about any of its conditions.
"""

from rolecall.model.admission.strangers import Situation
from rolecall.model.admission.terms import CHOSEN, CHOSEN_FAMILIES, Answer, Kind, answer, is_of
from rolecall.policy import Condition
from rolecall.policy.context import Context

_OPEN = {
    "sts:externalid": Kind.EXTERNAL_ID,
    "aws:multifactorauthpresent": Kind.MFA,
    "aws:multifactorauthage": Kind.MFA,
    "aws:sourceip": Kind.ADDRESS,
    "aws:sourcevpc": Kind.VPC,
    "aws:sourcevpce": Kind.VPC,
}
_ARN_KEYS = {"aws:principalarn": False, "aws:sourcearn": True}
"""Keys that hold an ARN, and whether it is services that send them."""


def bar(condition: Condition, situation: Situation) -> Answer:
    """Say whether the condition keeps the Deny in force, and what it takes to escape it."""
    key = condition.folded_key
    if key in _ARN_KEYS:
        return _by_arn(condition, situation, is_by_service=_ARN_KEYS[key])
    if key in CHOSEN or key.startswith(CHOSEN_FAMILIES):
        return False
    if key in _OPEN:
        absent = condition.test(Context({key: ()}))
        # What denies those without the key can be escaped by sending it, if one has it.
        return _OPEN[key] if absent and condition.operator != "Null" else False
    return answer(condition, situation)


def _by_arn(condition: Condition, situation: Situation, *, is_by_service: bool) -> Answer:
    if situation.is_by_service is not is_by_service:
        return bool(condition.test(Context({condition.folded_key: ()})))
    may_be_named = any(
        is_of(value, situation.stranger.account_id, reads_wildcards=True)
        for value in condition.values
    )
    is_negated = "Not" in condition.operator
    return Kind.UNKNOWN if may_be_named else is_negated
