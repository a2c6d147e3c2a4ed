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
        rank, severity = _rank(account, role)
        yield Evidence(
            resource=Resource("AwsIamRole", arn),
            summary=f"{role} can be assumed by everybody in the account, permitted or not{rank}",
            principal=arn,
            severity=severity if is_certain else Severity(severity - 1),
            verdict="granted" if is_certain else "conditional",
            commands=(show_trust(role.name),),
        )


def _rank(account: Account, role: Role) -> tuple[str, Severity]:
    if power_of(account, role).is_administrator:
        return ", and is an administrator", Severity.HIGH
    if graph_of(account).to_administrator(role.arn) is not None:
        return ", and can become an administrator", Severity.MEDIUM
    return "", Severity.LOW
