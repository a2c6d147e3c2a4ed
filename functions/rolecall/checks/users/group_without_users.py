"""Groups that nobody is in."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws, take_policy_away
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="group-without-users",
    title="Every group has users",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Delete the group. Its policies have to be taken away first, which the commands do; keep"
        " their text if somebody may want the group back."
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups_manage_delete.html",),
)
def group_without_users(account: Account) -> Iterator[Evidence]:
    """Its policies wait for the first who is added, and nobody remembers what they allow."""
    for group in account.groups:
        if not group.members:
            yield Evidence(
                resource=group.resource,
                summary=f"{group} has no users",
                commands=(
                    *(
                        take_policy_away("group", group.name, held.name, held.arn)
                        for held in group.policies
                    ),
                    aws("iam delete-group", group_name=group.name),
                ),
                data={"policies": [held.arn or held.name for held in group.policies]},
            )
