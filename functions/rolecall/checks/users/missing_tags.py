"""Users and roles without the tags that everything should have."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import add_tags
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.principals import Role, User
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity


@Check(
    id="missing-tags",
    title="Users and roles have the required tags",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Tag the user or role with the command below, or where it is made: in the template that"
        " creates it. A tag policy of the organization keeps the values in order."
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html",),
    compliance=(
        Control("AWS Resource Tagging Standard", "1.0.0", "IAM.24"),
        Control("AWS Resource Tagging Standard", "1.0.0", "IAM.25"),
    ),
)
def missing_tags(account: Account, *, required_tags: tuple[str, ...] = ()) -> Iterator[Evidence]:
    """Costs, owners and access by attribute all hang on tags; an untagged principal escapes them.

    `required_tags` are keys, in their exact case; without any, nothing is judged. Roles that AWS
    makes and alone can tag (service-linked ones, those of Identity Center) are left out.
    """
    principals: tuple[User | Role, ...] = (*account.users, *account.roles)
    for principal in principals:
        if isinstance(principal, Role) and _is_of_aws(principal):
            continue
        missing = [key for key in required_tags if key not in principal.tags]
        if missing:
            kind = "user" if isinstance(principal, User) else "role"
            yield Evidence(
                resource=principal.resource,
                summary=f"{principal} has no tag {' and no tag '.join(missing)}",
                principal=principal.arn,
                commands=(add_tags(kind, principal.name, dict.fromkeys(missing, "VALUE")),),
                data={"missing": missing},
            )


def _is_of_aws(role: Role) -> bool:
    return role.is_service_linked or role.is_from_identity_center
