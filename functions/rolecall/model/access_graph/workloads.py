"""The roles that services of AWS hand to what people run on them."""

from collections.abc import Iterator
from functools import cache

from rolecall.model.access_graph.trust import service_of
from rolecall.model.account import Account
from rolecall.model.principals import Group, Role, User
from rolecall.policy.escalation import PATHS, Kind

_NO_WORKLOADS = frozenset(
    {
        # They act with the role themselves, as a template or a schedule tells them.
        "cloudformation.amazonaws.com",
        "scheduler.amazonaws.com",
        "ssm.amazonaws.com",
        "states.amazonaws.com",
    }
)


def workload_roles(account: Account) -> Iterator[Role]:
    """Yield the roles that trust a service on which people run their code."""
    for role in account.roles:
        if not (role.unread or role.is_service_linked) and services_of(role):
            yield role


def is_of_workload(holder: User | Role | Group) -> bool:
    """Tell whether code may run with what somebody holds."""
    return isinstance(holder, Role) and bool(services_of(holder))


def services_of(role: Role) -> tuple[str, ...]:
    """Return the services on which code may run with the role."""
    trusted = {
        service_of(principal.value)
        for statement in role.trust.statements
        if statement.allows
        for principal in statement.principals
        if principal.kind == "Service"
    }
    return tuple(sorted(trusted & _compute()))


def with_workloads(principal: User | Role) -> str:
    """Name a principal, with the services on which code may run with it."""
    services = services_of(principal) if isinstance(principal, Role) else ()
    return (
        f"{principal}, which {' and '.join(services)} hands to workloads,"
        if services
        else str(principal)
    )


@cache
def _compute() -> frozenset[str]:
    """Return the services to whose workloads a path passes a role."""
    kinds = (Kind.NEW_WORKLOAD, Kind.EXISTING_WORKLOAD)
    services = {service for path in PATHS if path.kind in kinds for service in path.trusts}
    return frozenset(services - _NO_WORKLOADS)
