"""Roles that everybody in the account may assume, whatever its own permissions."""

from collections.abc import Iterator

from rolecall.model.access_graph import graph_of
from rolecall.model.account import Account
from rolecall.model.commands import show_trust
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.principals import Role
from rolecall.model.privilege import power_of
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="trust-without-permission",
    title="A role lets in only those who are permitted to assume it",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Name those who need the role in its trust policy, or name the account: then each of them"
        " needs a permission for sts:AssumeRole as well, which you can give and take."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-anonymous",
    ),
)
def trust_without_permission(account: Account) -> Iterator[Evidence]:
    """The principal `*` is everybody, and within the account nobody needs another permission.

    Conditions may keep strangers out: every user and role of the account still has what the role
    has. It is told once, for the role, and not as an escalation of each of them.
    """
    graph = graph_of(account)
    roles = {role.arn: role for role in account.roles if not role.unread}
    for arn, is_certain in graph.open_roles(account.id):
        role = roles.get(arn)
        if role is None:
            continue
        yield Evidence(
            resource=Resource("AwsIamRole", arn),
            summary=(
                f"{role} can be assumed by everybody in the account, permitted or not"
                f"{_beyond(account, role)}"
            ),
            principal=arn,
            severity=_severity(account, role, is_certain=is_certain),
            verdict="granted" if is_certain else "conditional",
            commands=(show_trust(role.name),),
        )


def _beyond(account: Account, role: Role) -> str:
    if power_of(account, role).is_administrator:
        return ", and is an administrator"
    return ", and can become an administrator" if _escalates(account, role) else ""


def _escalates(account: Account, role: Role) -> bool:
    return graph_of(account).to_administrator(role.arn) is not None


def _severity(account: Account, role: Role, *, is_certain: bool) -> Severity:
    if power_of(account, role).is_administrator:
        return Severity.HIGH if is_certain else Severity.MEDIUM
    if _escalates(account, role):
        return Severity.MEDIUM if is_certain else Severity.LOW
    return Severity.LOW if is_certain else Severity.INFORMATIONAL
