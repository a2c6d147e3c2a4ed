"""A principal in a terminal or as JSON: what it holds, who may become it, what it may do."""

from collections.abc import Iterator

from rich.text import Text

from rolecall.cli.documents import print_documents
from rolecall.cli.options import Format
from rolecall.cli.terminal import console, print_facts, print_heading, print_point
from rolecall.model.evidence import Json
from rolecall.model.plain_text import harmless
from rolecall.model.principals import Role, User
from rolecall.policy import ActionSet, Grants
from rolecall.services.permissions import Permissions, by_service_and_level

_NO_LEVEL = "unknown to AWS"


def print_principal(permissions: Permissions, principal: User | Role, output: Format) -> None:
    """Print the policies of a principal, its trust, and its rights by service and level."""
    grants = permissions.granted(principal)
    if output is not Format.TABLE:
        print_documents([_document(principal, grants)], output)
        return
    to = console()
    to.print(Text(harmless(principal.arn), style="bold"))
    print_heading(to, "Policies")
    for held in principal.policies or ("none",):
        print_point(to, str(held))
    if isinstance(principal, User):
        print_heading(to, "Groups")
        print_point(to, ", ".join(principal.groups) or "none")
    print_heading(to, "Permissions boundary")
    print_point(to, principal.boundary.name if principal.boundary else "none")
    if isinstance(principal, Role):
        print_heading(to, "Trusts")
        for line in _trust(principal):
            print_point(to, line)
    for heading, actions in _sets(grants).items():
        if actions:
            number = f"{len(actions):,} action{'s' if len(actions) > 1 else ''}"
            print_heading(to, f"Allowed {heading} ({number})")
            print_facts(to, _counts(actions))


def _sets(grants: Grants) -> dict[str, ActionSet]:
    return {
        "everywhere": grants.everywhere,
        "on some resources": grants.on_some_resources,
        "under conditions": grants.under_conditions,
    }


def _counts(actions: ActionSet) -> Iterator[tuple[str, str]]:
    for service, levels in by_service_and_level(actions):
        yield (
            f"  {service}",
            ", ".join(f"{count} {level or _NO_LEVEL}" for level, count in levels.items()),
        )


def _trust(role: Role) -> Iterator[str]:
    for statement in role.trust.statements:
        effect = "" if statement.effect == "Allow" else "not "
        named = ", ".join(map(str, statement.principals))
        others = ", ".join(map(str, statement.not_principals))
        who = named or f"everybody but {others}"
        conditions = " and ".join(map(str, statement.conditions))
        yield f"{effect}{who}{f' if {conditions}' if conditions else ''}"


def _document(principal: User | Role, grants: Grants) -> dict[str, Json]:
    return {
        "principal": principal.arn,
        "policies": [str(held) for held in principal.policies],
        "groups": list(principal.groups) if isinstance(principal, User) else [],
        "boundary": principal.boundary.name if principal.boundary else None,
        "trusts": list(_trust(principal)) if isinstance(principal, Role) else [],
        "allowed": {name: list(actions) for name, actions in _sets(grants).items()},
        "action_table": grants.version,
    }
