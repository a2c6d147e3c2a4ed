"""What of a held policy's rights on every resource is live, for whom, and what stops the rest."""

from collections.abc import Iterable, Iterator

from rolecall.model.account import Account
from rolecall.model.holdings.administration import administration
from rolecall.model.holdings.standing import Standing, Verdict, limits_on
from rolecall.model.principals import Role, User
from rolecall.policy import PolicySet
from rolecall.policy.sensitive.breadth import Breadth, Limits

_NONE = Standing()


def standing(
    account: Account, principals: Iterable[User | Role], breadth: Breadth, actions: int
) -> Standing:
    """Return what of these actions, allowed so broadly, is left for any of the principals.

    What is blocked for somebody who would be an administrator is told of it as one.
    """
    wanted = breadth.at_most & actions
    if not wanted:
        return _NONE
    best = _NONE
    for limits, policies, is_told in _distinct_limits(account, principals):
        granted = wanted & breadth.everywhere & limits.certain
        conditional = wanted & limits.at_most & ~granted
        blocked = 0 if is_told else wanted & ~limits.at_most
        found = Standing(granted, conditional, blocked, policies)
        if not best.blocked | best.live or _rank(found) > _rank(best):
            best = found
    return best


def _rank(found: Standing) -> tuple[int, int]:
    return found.granted.bit_count(), found.conditional.bit_count()


def _distinct_limits(
    account: Account, principals: Iterable[User | Role]
) -> Iterator[tuple[Limits, PolicySet, bool]]:
    """Yield the limits, each once, with the policies of one whom they limit.

    With them comes whether that would be an administrator, if it were not for them.
    """
    found: dict[tuple[int, bool], tuple[Limits, User | Role]] = {}
    for principal in principals:
        limits = limits_on(account, principal)
        is_told = administration(account, principal) is Verdict.BLOCKED
        found.setdefault((id(limits), is_told), (limits, principal))
    for (_, is_told), (limits, principal) in found.items():
        yield limits, account.policy_set(principal), is_told
