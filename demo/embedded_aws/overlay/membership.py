"""Which account is in which organization, below which unit, and administers what for it."""

# ruff: noqa: SLF001 - the overlay is made of MiniStack's own internals

from collections.abc import Iterable

from demo.embedded_aws.emulator import organizations

administrators: dict[str, set[str]] = {}
trusted_services: set[str] = set()


def is_trusted(service: str) -> bool:
    """Whether the organization lets a service act in its accounts."""
    return service in trusted_services


def management_account(account: str) -> str | None:
    """Return the management account of the organization that an account is in."""
    known = organizations._accounts._data
    return next((owner for owner, member in known if member == account), None)


def is_administrator(account: str, service: str) -> bool:
    """Whether an account is registered as the delegated administrator of a service."""
    return service in administrators.get(account, set())


def accounts_below(management: str, parents: Iterable[str]) -> list[str]:
    """Return the active accounts below roots and units, nested ones too; never the management."""
    wanted = set(parents)
    units = {unit for owner, unit in organizations._ous._data if owner == management}
    for _ in units:  # no tree is deeper than it has units
        wanted |= {
            u for u in units if organizations._ous._data[management, u]["_ParentId"] in wanted
        }
    return sorted(
        account
        for (owner, account), record in organizations._accounts._data.items()
        if owner == management != account
        and record["_ParentId"] in wanted
        and record["Status"] == "ACTIVE"
    )
