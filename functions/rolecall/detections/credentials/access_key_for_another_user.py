"""Someone made a credential that someone else will be blamed for."""

from collections.abc import Iterator

from rolecall.model.commands import deactivate_key, show_last_use
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity


@Detection(
    id="access-key-for-another-user",
    title="An access key was created for another user",
    severity=Severity.HIGH,
    patterns=(EventPattern(sources=("iam.amazonaws.com",), names=("CreateAccessKey",)),),
    remediation=(
        "Ask the actor why. If nobody can say: deactivate the key, look at what it was used for,"
        " then look at what else the actor did."
    ),
    references=(
        "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.iam-backdoor-user/",
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccessKey.html",
    ),
    attack=("T1098.001",),
    false_positives=("Administrators and pipelines that hand out keys; give roles instead.",),
)
def access_key_for_another_user(event: CloudTrailEvent) -> Iterator[Evidence]:
    """A key on someone else's user is the quietest way to stay in an account.

    It survives the loss of the session that made it, and its use is logged under the victim's
    name. A user who makes a key for itself rotates; whoever acts through a role never does.
    """
    # A caller that names nobody makes the key for itself; only the answer then says for whom.
    owner = event.requested("userName") or event.answered("accessKey", "userName")
    if not event.succeeded or not owner or owner == event.actor.user_name:
        return
    key_id = event.answered("accessKey", "accessKeyId") or "KEY_ID"
    yield Evidence(
        resource=Resource("AwsIamUser", event.iam_arn(f"user/{owner}")),
        summary=f"{event.actor} created access key {key_id} for user {owner}",
        commands=(
            deactivate_key(owner, key_id),
            show_last_use(key_id),
        ),
        data={"access_key_id": key_id, "user_name": owner},
    )
