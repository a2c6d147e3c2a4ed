"""What a principal can do after all that bears on it, in two words."""

from typing import NamedTuple

from rolecall.model.account import Account
from rolecall.model.holdings.administration import administration
from rolecall.model.holdings.standing import Verdict
from rolecall.model.principals import Role, User
from rolecall.policy import granted
from rolecall.policy.sensitive.administrators import is_administrator


class Power(NamedTuple):
    """What a principal can do after all that bears on it, in two words."""

    is_administrator: bool
    is_nothing: bool
    """Whether the policies allow nothing at all."""


def power_of(account: Account, principal: User | Role) -> Power:
    """Return what the principal can do in its account; found out once for each snapshot."""
    key = ("power", principal.arn)
    if key not in account.remembered:
        is_one = rules_over_identities(account, principal)
        is_nothing = not (is_one or granted(account.policy_set(principal)).possible)
        account.remembered[key] = Power(is_administrator=is_one, is_nothing=is_nothing)
    found: Power = account.remembered[key]
    return found


def rules_over_identities(account: Account, principal: User | Role) -> bool:
    """Tell whether the principal is an administrator, whatever the circumstances."""
    return administration(account, principal) is Verdict.GRANTED


__all__ = ["Power", "is_administrator", "power_of", "rules_over_identities"]
