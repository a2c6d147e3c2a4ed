"""Accounts that were read one by one, put together."""

from collections.abc import Iterable
from dataclasses import replace

from rolecall.model.account import Account, Neighbourhood
from rolecall.model.completeness import Part


def join(accounts: Iterable[Account]) -> list[Account]:
    """Return the accounts, each of which knows the others: what leads from one into another shows.

    Earlier snapshots of an account, and accounts whose policies were not read, stay alone.
    """
    listed = list(accounts)
    neighbours = latest_of_each(listed)
    if len(neighbours) < 2:  # noqa: PLR2004 - one account has no neighbours
        return listed
    together = Neighbourhood(neighbours)
    known = set(map(id, neighbours))
    return [replace(each, neighbourhood=together) if id(each) in known else each for each in listed]


def latest_of_each(accounts: Iterable[Account]) -> tuple[Account, ...]:
    """Return the latest snapshot of each account whose policies were read.

    Two snapshots of one account would have everybody in it twice.
    """
    latest: dict[str, Account] = {}
    for account in sorted(accounts, key=lambda each: each.taken_at):
        if not account.lacks(Part.AUTHORIZATION_DETAILS):
            latest[account.id] = account
    return tuple(latest.values())
