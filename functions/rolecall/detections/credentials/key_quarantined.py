"""AWS found a key where it should not be."""

# Longer than 60 lines because managed and inline quarantine, its beginning and end are told.

from collections.abc import Iterator

from rolecall.model.commands import aws, list_rights
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity

_POLICIES = ("AWSCompromisedKeyQuarantine", "AWSExposedCredentialPolicy_DO_NOT_REMOVE")
"""How the policies are called with which AWS limits users whose key is public."""
_BEGINS = ("AttachUserPolicy", "PutUserPolicy")


@Detection(
    id="key-quarantined",
    title="A user was put into quarantine, since its key is public",
    severity=Severity.CRITICAL,
    patterns=(
        EventPattern(
            sources=("iam.amazonaws.com",),
            names=(*_BEGINS, "DetachUserPolicy", "DeleteUserPolicy"),
        ),
    ),
    remediation=(
        "Deactivate the user's keys now, then give it new ones or, better, a role. Look at what"
        " was done with them since they leaked, and find the place where they are public. Take"
        " the quarantine away last."
    ),
    references=(
        "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCompromisedKeyQuarantineV3.html",
        "https://repost.aws/knowledge-center/potential-account-compromise",
    ),
    attack=("T1552.001", "T1078.004"),
    false_positives=("Nobody; a drill that attaches the policy.",),
)
def key_quarantined(event: CloudTrailEvent) -> Iterator[Evidence]:
    """AWS attaches this policy to a user whose access key it found in public.

    It forbids what intruders do most, and not reading: the key still works. Others found it too,
    within minutes. Taking the policy away without rotating the keys opens the door again: HIGH.
    """
    policy = event.requested("policyArn").rpartition("/")[2] or event.requested("policyName")
    user = event.requested("userName")
    if not event.succeeded or not user or not policy.startswith(_POLICIES):
        return
    begins = event.name in _BEGINS
    did = "put user {} into" if begins else "took user {} out of"
    yield Evidence(
        resource=Resource("AwsIamUser", event.iam_arn(f"user/{user}")),
        summary=f"{event.actor} {did.format(user)} quarantine ({policy}): its key is public",
        severity=Severity.CRITICAL if begins else Severity.HIGH,
        commands=(aws("iam list-access-keys", user_name=user), *list_rights(user)),
        data={"policy": policy, "user_name": user},
    )
