"""Which of AWS's own policies anybody in an account holds."""

from collections.abc import Collection

from rolecall.model.account import Account


def is_attached(account: Account, names: Collection[str]) -> bool:
    """Tell whether a user, a group or a role of the account's own holds a policy of these names.

    One that it holds and that could not be read counts: it is attached. Service-linked roles
    belong to a service and do not count.
    """
    roles = [role for role in account.roles if not role.is_service_linked]
    held = {each.name for holder in (*account.users, *roles) for each in holder.policies}
    of_groups = {each.name for group in account.groups for each in group.policies}
    unread = {name for holder in (*account.users, *roles) for name in holder.unread}
    return not (held | of_groups | unread).isdisjoint(names)
