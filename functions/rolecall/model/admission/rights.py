"""What whoever becomes a role may do everywhere, in short."""

from typing import NamedTuple

from rolecall.model.account import Account
from rolecall.model.principals import Role
from rolecall.policy import ActionSet, granted
from rolecall.policy.sensitive import CLASSES, sensitive_bits

_DATA = "data-access"
_CHANGING = ("Write", "Permissions management")
_SHOWN = 4


class Reach(NamedTuple):
    """What a role may do on every resource."""

    changes: tuple[str, ...]
    """Services in which it may change things or permissions."""
    reads_data: tuple[str, ...]
    """Actions that read what is stored."""
    classes: tuple[str, ...]
    """The classes of sensitive actions of which it may use any, the heaviest first."""
    services: tuple[str, ...]
    """Services in which it may do anything at all, on some resource or under conditions too."""

    def __str__(self) -> str:
        """Say what the role may do, after `may`."""
        if self.changes:
            return f"change things everywhere in {shortened(self.changes)}"
        return f"read data everywhere with {shortened(self.reads_data)}"


def reach_of(account: Account, role: Role) -> Reach:
    """Return what the role may do on every resource; found out once for each snapshot."""
    key = ("reach", role.arn)
    if key not in account.remembered:
        grants = granted(account.policy_set(role))
        everywhere = grants.everywhere
        changing = [everywhere.at_level(level) for level in _CHANGING]
        services = sorted({name for actions in changing for name in actions.services})
        read = ActionSet(everywhere.bits & sensitive_bits(_DATA))
        classes = tuple(each.id for each in CLASSES if everywhere.bits & sensitive_bits(each.id))
        found = Reach(tuple(services), tuple(read), classes, grants.possible.services)
        account.remembered[key] = found
    known: Reach = account.remembered[key]
    return known


def shortened(names: tuple[str, ...]) -> str:
    """Name the first few, and how many more there are."""
    more = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {more} more" if more > 0 else "")
