"""Users that AWS put into quarantine because their access key was found in public."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import retire_key, take_policy_away
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.principals import User
from rolecall.model.rotation import active_keys
from rolecall.model.rule import Check
from rolecall.model.severity import Severity

_QUARANTINE = "AWSCompromisedKeyQuarantine"
"""AWS attaches it, V2 or V3 of it, to the user whose key it found."""


@Check(
    id="quarantined-key",
    title="No access key was found in public",
    severity=Severity.CRITICAL,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Deactivate every key of the user now, and delete it once its successor works. Look in"
        " CloudTrail for what it did since it leaked; look for users, roles, keys and instances"
        " that it made, in every region. Answer AWS's support case. Detach the policy last."
    ),
    references=(
        "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html",
        "https://repost.aws/knowledge-center/potential-account-compromise",
    ),
)
def quarantined_key(account: Account) -> Iterator[Evidence]:
    """AWS found the key where everybody can read it, and so did others.

    The policy that it attaches takes the most expensive rights away, and few of the dangerous
    ones: reading data goes on, and the key works until somebody deactivates it.
    """
    for user in account.users:
        # One whose document is not known is attached all the same.
        of_aws = (each.name for each in user.policies if ":iam::aws:" in (each.arn or ""))
        for name in sorted({*user.unread, *of_aws}):
            if name.startswith(_QUARANTINE):
                yield _evidence(account, user, name)


def _evidence(account: Account, user: User, name: str) -> Evidence:
    arn = f"arn:{account.partition}:iam::aws:policy/{name}"
    keys = active_keys(user.credentials) if user.credentials else []
    return Evidence(
        resource=user.resource,
        summary=f"{user} is in quarantine: AWS found its access key in public and attached {name}",
        principal=user.arn,
        commands=(
            *(command for key in keys for command in retire_key(user.name, key)),
            take_policy_away("user", user.name, name, arn),
        ),
        data={"policy": arn, "active_access_key_ids": [key.id for key in keys]},
    )
