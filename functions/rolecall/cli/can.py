"""`rolecall can` and `rolecall who-can`: who may do what in an account, and why."""

from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from rolecall.cli.contexts import ContextOption, parse_context
from rolecall.cli.options import Format, FormatOption, ProfileOption, RegionOption, parse_arn
from rolecall.cli.snapshots import SnapshotOption

if TYPE_CHECKING:
    from rolecall.model.principals import Role, User
    from rolecall.services.permissions import Permissions

ActionArgument: TypeAlias = Annotated[
    str, typer.Argument(metavar="ACTION", help="An action, such as iam:PassRole.")
]
ResourceArgument: TypeAlias = Annotated[
    str, typer.Argument(metavar="RESOURCE", help="An ARN; without one, * is asked about.")
]
PrincipalArgument: TypeAlias = Annotated[
    str,
    typer.Argument(metavar="PRINCIPAL", parser=parse_arn, help="The ARN of a user or role."),
]


def who_can(  # noqa: PLR0913 - options of a command
    action: ActionArgument,
    resource: ResourceArgument = "*",
    *,
    file: SnapshotOption = None,
    context: ContextOption = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    output: FormatOption = Format.TABLE,
) -> int:
    """List who may do something in an account, for certain or under conditions."""
    from rolecall.cli.decision_list import print_decisions

    known = parse_context(context)
    permissions = _permissions(file, profile, region)
    _check(action)
    print_decisions(permissions.who_can(action, resource, known), output)
    return 0


def can(  # noqa: PLR0913 - options of a command
    principal: PrincipalArgument,
    action: ActionArgument,
    resource: ResourceArgument = "*",
    *,
    file: SnapshotOption = None,
    context: ContextOption = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    output: FormatOption = Format.TABLE,
) -> int:
    """Say whether a principal may do something, and why.

    Exit codes: 0 allowed, 1 denied or open, 2 could not be answered.
    """
    from rolecall.cli.decision_list import print_decisions

    known = parse_context(context)
    permissions = _permissions(file, profile, region)
    _check(action)
    found = find_principal(permissions, principal)
    decision = permissions.can(found, action, resource, known)
    print_decisions([(found, decision)], output)
    return 0 if decision.is_allowed else 1


def find_principal(permissions: "Permissions", arn: str) -> "User | Role":
    """Return the user or role of the account with this ARN; raise CommandError."""
    from rolecall.cli.problems import CommandError

    account = permissions.account
    principals: tuple[User | Role, ...] = (*account.users, *account.roles)
    for principal in principals:
        if principal.arn == arn and principal.unread:
            unread = ", ".join(principal.unread)
            raise CommandError(f"{arn} cannot be judged: {unread} could not be read")
        if principal.arn == arn:
            return principal
    raise CommandError(f"account {account.id} has no user or role {arn}")


def _permissions(file: str | None, profile: str | None, region: str | None) -> "Permissions":
    from rolecall.cli.snapshots import snapshot
    from rolecall.services.permissions import Permissions

    return Permissions(snapshot(file, profile, region))


def _check(action: str) -> None:
    """Refuse what is no single action of AWS: an answer about it would only look like one."""
    from rolecall.cli.problems import CommandError
    from rolecall.policy import action_index

    if action_index().expand(action).bit_count() != 1:
        raise CommandError(f"AWS has no action {action!r}; wildcards cannot be asked about")
