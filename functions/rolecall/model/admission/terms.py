"""What one condition of a statement means to a caller from outside.

A condition is met when such a caller can see to it, failed when no such caller can, and open when
it takes something that only some of them have: a secret, a second factor, a place in a network.
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

# Longer than 200 lines because every key of conditions is judged here.

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from rolecall.model.admission.networks import Reach, reach_of
from rolecall.model.admission.strangers import ANYBODY, Situation
from rolecall.policy import Condition
from rolecall.policy.arn import parse_arn
from rolecall.policy.context import Context
from rolecall.policy.overlap import meets
from rolecall.policy.wildcards import matches

CHOSEN = frozenset(
    {
        "sts:rolesessionname",
        "sts:sourceidentity",
        "sts:durationseconds",
        "sts:transitivetagkeys",
        "aws:tagkeys",
        "aws:useragent",
        "aws:referer",
        "aws:requestedregion",
        "aws:principaltype",
        "aws:username",
    }
)
"""Keys whose values the caller sets, in the request or in its own account."""
CHOSEN_FAMILIES = ("aws:principaltag/", "aws:requesttag/")
_VPC_KEYS = frozenset(
    {"aws:sourcevpc", "aws:sourcevpce", "aws:sourcevpcarn", "aws:vpcsourceip", "aws:vpceorgid"}
    | {"aws:vpceorgpaths", "aws:vpceaccount", "aws:ec2instancesourcevpc"}
)
_OF_A_VPC = re.compile(r"^(arn:[^:]*:ec2:[^:]*:[^:]*:)?(vpc-endpoint|vpce|vpc)[-/]?")
_VIA_KEYS = frozenset(
    {"aws:calledvia", "aws:calledviafirst", "aws:calledvialast", "aws:viaawsservice"}
)


class Kind(StrEnum):
    """What an open condition takes."""

    EXTERNAL_ID = "external id"
    MFA = "MFA"
    ADDRESS = "address"
    VPC = "VPC"
    VIA_SERVICE = "service on the way"
    UNKNOWN = "something else"


@dataclass(frozen=True, slots=True)
class Term:
    """A condition that is open, and what it takes."""

    kind: Kind
    condition: Condition


Answer: TypeAlias = "bool | Kind"
_Judge: TypeAlias = Callable[[Condition, Situation], Answer]


def answer(condition: Condition, situation: Situation) -> Answer:
    """Say whether the caller meets the condition, or what it takes where that is open."""
    key = condition.folded_key
    if judge := _JUDGES.get(key):
        return judge(condition, situation)
    if key in CHOSEN or key.startswith(CHOSEN_FAMILIES):
        return True
    if key in _VPC_KEYS:
        return True if _fits_any_vpc(condition) else _unless_optional(condition, Kind.VPC)
    if key in _VIA_KEYS:
        return _unless_optional(condition, Kind.VIA_SERVICE)
    if key.endswith((":calleraccount", ":resourceaccount")) and not key.startswith("aws:"):
        # Keys of other services: who wrote them meant the account that they name.
        caller = Context({key: (situation.stranger.account_id,)})
        return Kind.UNKNOWN if condition.test(caller) else False
    holds = condition.test(situation.context)
    return Kind.UNKNOWN if holds is None else holds


def holds_without(condition: Condition) -> bool:
    """Say whether the condition holds for a request that does not carry its key at all."""
    return bool(condition.test(Context({condition.folded_key: ()})))


def _unless_optional(condition: Condition, kind: Kind) -> Answer:
    return True if holds_without(condition) else kind


def _external_id(condition: Condition, _: Situation) -> Answer:
    says_nothing = any(not value.strip("*?") for value in condition.values)
    is_any = condition.operator == "Null" or (condition.operator == "StringLike" and says_nothing)
    if holds_without(condition) or is_any:
        return True
    return Kind.EXTERNAL_ID


def _fits_any_vpc(condition: Condition) -> bool:
    """Tell whether an endpoint or network of the caller's own making will do."""
    if condition.operator == "Null":
        return True
    return condition.operator in ("StringLike", "ArnLike") and any(
        not _OF_A_VPC.sub("", value).strip("*?:") for value in condition.values
    )


def _mfa(condition: Condition, _: Situation) -> Answer:
    if condition.test(Context({condition.folded_key: ("false",)})):
        return True  # it asks for sessions without MFA, which everybody can have
    return _unless_optional(condition, Kind.MFA)


def _principal_account(condition: Condition, situation: Situation) -> Answer:
    holds = condition.test(situation.context)
    if holds is False and situation.stranger.account == ANYBODY and is_share(condition):
        return holds_without(condition) if situation.is_by_service else Kind.UNKNOWN
    return Kind.UNKNOWN if holds is None else holds


def is_share(condition: Condition) -> bool:
    """Tell whether it lets in some of all by a pattern: ids of AWS are nobody's to choose."""
    reads_wildcards = "Like" in condition.operator and "Not" not in condition.operator
    return reads_wildcards and any(set(value) & set("*?") for value in condition.values)


def _principal_arn(condition: Condition, situation: Situation) -> Answer:
    """Whoever owns the account names its principals; only the account cannot be chosen."""
    if situation.is_by_service:
        return holds_without(condition)
    account_id = situation.stranger.account_id
    return _by_account(condition, account_id)


def _source_arn(condition: Condition, situation: Situation) -> Answer:
    if not situation.is_by_service:
        return holds_without(condition)
    return _by_account(condition, situation.stranger.account_id)


def _by_account(condition: Condition, account_id: str) -> Answer:
    is_negated = "Not" in condition.operator
    reads_wildcards = condition.operator.startswith(("Arn", "StringLike", "StringNotLike"))
    named = any(
        is_of(value, account_id, reads_wildcards=reads_wildcards) for value in condition.values
    )
    return True if is_negated else named


def is_of(pattern: str, account_id: str, *, reads_wildcards: bool) -> bool:
    """Tell whether something in the account may fit; a bucket's ARN has no account, but a name."""
    arn = parse_arn(pattern)
    if not reads_wildcards:
        is_literal = not set(pattern) & set("*?")
        return is_literal and arn is not None and arn.account_id == account_id
    if arn is None:
        return meets(pattern, f"arn:*:iam::{account_id}:*")
    if not arn.account_id:
        return arn.resource.startswith("*")
    return matches(arn.account_id, account_id)


def _organization(condition: Condition, situation: Situation) -> Answer:
    if situation.is_by_service:
        return holds_without(condition)
    known = (situation.organization,) if situation.organization else ()
    holds = condition.test(Context({condition.folded_key: known}))
    if known and not holds and is_share(condition) and situation.stranger.account == ANYBODY:
        return Kind.UNKNOWN
    return Kind.UNKNOWN if holds and _is_guessed(situation) else bool(holds)


def _is_guessed(situation: Situation) -> bool:
    """Whether an account is only supposed to be in that organization."""
    return bool(situation.stranger.organization) and situation.stranger.account != ANYBODY


def _organization_paths(condition: Condition, situation: Situation) -> Answer:
    if situation.is_by_service or not situation.organization:
        return holds_without(condition)
    if "Not" in condition.operator:
        return True
    ours = situation.organization
    return any(matches(value.partition("/")[0], ours) for value in condition.values)


def _address(condition: Condition, situation: Situation) -> Answer:
    if situation.is_by_service or holds_without(condition):
        return holds_without(condition)
    reach = reach_of(condition.values)
    if reach is Reach.EVERYWHERE:
        return True
    return False if reach is Reach.PRIVATE else Kind.ADDRESS


_JUDGES: Mapping[str, _Judge] = {
    "sts:externalid": _external_id,
    "aws:multifactorauthpresent": _mfa,
    "aws:multifactorauthage": _mfa,
    "aws:principalaccount": _principal_account,
    "aws:principalarn": _principal_arn,
    "aws:sourcearn": _source_arn,
    "aws:principalorgid": _organization,
    "aws:principalorgpaths": _organization_paths,
    "aws:sourceip": _address,
}
