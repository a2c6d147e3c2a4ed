"""Users that hold policies themselves instead of through groups."""

# Longer than 60 lines because policies from groups and those of a quarantine are told apart.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws, take_policy_away
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.principals import HeldPolicy, User
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity

_QUARANTINE = ":policy/AWSCompromisedKeyQuarantine"
"""AWS attaches it; `quarantined-key` tells of it."""


@Check(
    id="policies-on-user",
    title="Users have their permissions from groups",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Attach the policy to a group whose name says what the work is, add the user to the group,"
        " then take the policy from the user."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_groups.html",
    ),
    compliance=(
        Control("AWS FSBP", "1.0.0", "IAM.2"),
        Control("CIS AWS Foundations", "3.0.0", "1.15"),
        Control("CIS AWS Foundations", "5.0.0", "1.14"),
    ),
)
def policies_on_user(account: Account) -> Iterator[Evidence]:
    """Rights that were given one by one are taken back one by one, which is to say never."""
    for user in account.users:
        own = sorted(filter(_is_own, user.policies), key=_order)
        if own:
            alone = "" if user.groups else "; it is in no group"
            yield Evidence(
                resource=user.resource,
                summary=f"{user} holds {', '.join(map(str, own))} itself{alone}",
                principal=user.arn,
                commands=(
                    aws("iam list-groups-for-user", user_name=user.name),
                    aws("iam add-user-to-group", user_name=user.name, group_name="GROUP_NAME"),
                    *(_take_away(user, held) for held in own),
                ),
                data={"policies": [held.arn or held.name for held in own]},
            )


def _is_own(held: HeldPolicy) -> bool:
    return held.group is None and _QUARANTINE not in (held.arn or "")


def _order(held: HeldPolicy) -> tuple[str, str]:
    """Return what the policies are sorted by: the order in which AWS lists them means nothing."""
    return held.arn or "", held.name


def _take_away(user: User, held: HeldPolicy) -> str:
    return take_policy_away("user", user.name, held.name, held.arn)
