"""Users that belong to no group."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws, comment
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="user-in-no-group",
    title="Every user is in a group",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Add the user to the group of its work, or delete it: with no policies it can do nothing"
        " but what policies of buckets, keys and queues allow it."
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html",),
)
def user_in_no_group(account: Account) -> Iterator[Evidence]:
    """A user outside all groups is outside all that is done for them, or was forgotten.

    Users that hold policies themselves are the subject of `policies-on-user`, which says as well
    whether they are in no group.
    """
    for user in account.users:
        holds_own = user.unread or any(held.group is None for held in user.policies)
        if not user.groups and not holds_own:
            yield Evidence(
                resource=user.resource,
                summary=f"{user} is in no group and holds no policies",
                principal=user.arn,
                commands=(
                    aws("iam add-user-to-group", user_name=user.name, group_name="GROUP_NAME"),
                    comment("or", aws("iam delete-user", user_name=user.name)),
                ),
            )
