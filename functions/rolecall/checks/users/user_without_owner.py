"""Users for whom nobody answers."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import add_tags, look_up
from rolecall.model.completeness import Part
from rolecall.model.creators import with_creator
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.owners import OWNER_TAGS, owner_of
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="user-without-owner",
    title="Every user has an owner",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    weighs=RIGHTS,
    remediation=(
        "Find out who made the user (CloudTrail answers for 90 days, in us-east-1) and who uses"
        " it, and tag it with them. A user that nobody wants to own is deactivated, then deleted."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags_users.html",
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events-cli.html",
    ),
)
def user_without_owner(
    account: Account, *, owner_tags: tuple[str, ...] = OWNER_TAGS, grace_days: int = 1
) -> Iterator[Evidence]:
    """Every other finding about the user has nobody to go to.

    An owner is who is named by one of `owner_tags`, whatever its case, or by the user's own name
    where that is an e-mail address. A new user has `grace_days` to be tagged. Whether the owner
    still works here is the question of `user-of-leaver`.
    """
    for user in account.users:
        if owner_of(user, owner_tags) or not account.is_older_than(user.created_at, grace_days):
            continue
        tag = owner_tags[0] if owner_tags else OWNER_TAGS[0]
        evidence = Evidence(
            resource=user.resource,
            summary=f"{user} of {format_day(user.created_at)} has no owner: it has no tag {tag}",
            principal=user.arn,
            commands=(
                look_up(
                    "ResourceName",
                    user.name,
                    region="us-east-1",
                    query="Events[?EventName=='CreateUser'].[EventTime,Username]",
                ),
                add_tags("user", user.name, {tag: "OWNER"}),
            ),
            data={"created_at": format_time(user.created_at)},
        )
        yield graded(with_creator(evidence, account.creator_of(user)), Severity.LOW, account, user)
