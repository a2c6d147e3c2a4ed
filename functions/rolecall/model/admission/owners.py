"""Whose resources a condition about the source of a service's request admits."""

from collections.abc import Callable, Mapping
from enum import IntEnum

from rolecall.model.account import Account
from rolecall.model.admission.outsiders import ours
from rolecall.model.completeness import Part
from rolecall.policy import Condition
from rolecall.policy.arn import parse_arn
from rolecall.policy.wildcards import is_literal


class Owner(IntEnum):
    """Who owns the source, from the fewest to the most."""

    OURS = 0
    """The account itself or one of its organization; nobody, too."""
    FOREIGN = 1
    """An account or an organization that is named, and is another one."""
    ANYBODY = 2


def owner_of(condition: Condition, account: Account, trusted: tuple[str, ...] = ()) -> Owner:
    """Say who may own the source; where the organization is not known, no name is foreign."""
    reads_wildcards = "Like" in condition.operator or condition.operator.startswith("Arn")
    owners = [
        _OWNERS[condition.folded_key](value, account)
        for value in condition.values
        if reads_wildcards or is_literal(value)
    ]
    known = {*ours(account), *trusted, account.organization.id if account.organization else ""}
    return max((_owner(each, account, known) for each in owners), default=Owner.OURS)


def says_something(condition: Condition) -> bool:
    """Tell whether it demands more of the source than to be there."""
    if condition.operator == "Null":
        return False
    if condition.operator.startswith("StringEquals"):
        return True  # which takes wildcards literally
    return all(value.strip("*?") for value in condition.values)


def _owner(name: str, account: Account, known: set[str]) -> Owner:
    if not name or "${" in name or name in known:
        return Owner.OURS
    if set(name) & set("*?"):
        return Owner.ANYBODY
    return Owner.OURS if account.lacks(Part.ORGANIZATION) else Owner.FOREIGN


def _of_name(value: str, _: Account) -> str:
    return value.partition("/")[0]


def _of_arn(value: str, account: Account) -> str:
    arn = parse_arn(value)
    if arn is None:
        return "*"
    if arn.account_id:
        return arn.account_id
    # A bucket has no account in its ARN, but a name that tells it from all others.
    return "*" if arn.resource.startswith("*") else account.id


_OWNERS: Mapping[str, Callable[[str, Account], str]] = {
    "aws:sourceaccount": _of_name,
    "aws:sourceowner": _of_name,
    "aws:sourceorgid": _of_name,
    "aws:sourceorgpaths": _of_name,
    "aws:sourcearn": _of_arn,
}
SOURCE_KEYS = frozenset(_OWNERS)
"""Keys that say for whom a service asks."""
