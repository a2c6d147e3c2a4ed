"""A user that is there for an API key of Bedrock does something else."""

from collections.abc import Iterator

from rolecall.model.commands import list_rights
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day

_PREFIX = "BedrockAPIKey-"
_GIVES = ("CreateAccessKey", "CreateLoginProfile", "UpdateLoginProfile")


@Detection(
    id="bedrock-key-user-misused",
    title="A user for an API key of Bedrock does something else",
    severity=Severity.HIGH,
    patterns=(
        EventPattern(sources=("iam.amazonaws.com",), names=_GIVES),
        EventPattern(identity_types=("IAMUser",), user_names=(f"{_PREFIX}*",)),
    ),
    remediation=(
        "Delete the user with all its credentials: an API key of Bedrock needs none other. Look at"
        " what was done with them, and at whoever made them."
    ),
    references=(
        "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-how.html",
        "https://docs.aws.amazon.com/bedrock/latest/userguide/api-keys-permissions.html",
    ),
    attack=("T1098.001", "T1136.003"),
    false_positives=("A user of a person that is called like one of Bedrock's.",),
)
def bedrock_key_user_misused(event: CloudTrailEvent) -> Iterator[Evidence]:
    """Bedrock makes a user for every long-lived API key, and nobody looks after it.

    So it is a good place for an access key or a password, and these reach what its policies allow
    beside Bedrock. Told is who gives it one, and once a day each kind of call that it makes.
    """
    owner = event.requested("userName")
    if event.name in _GIVES and event.succeeded and owner.startswith(_PREFIX):
        yield Evidence(
            resource=Resource("AwsIamUser", event.iam_arn(f"user/{owner}")),
            summary=f"{event.actor} called {event.name} for user {owner}, which is Bedrock's",
            commands=list_rights(owner),
            data={"user_name": owner},
        )
    elif event.actor.user_name.startswith(_PREFIX) and not event.source.startswith("bedrock"):
        day = format_day(event.at)
        yield Evidence(
            resource=Resource("AwsIamUser", event.actor.arn),
            summary=f"{event.actor}, which is Bedrock's, called {event.name} of {event.source}"
            f" on {day}",
            commands=list_rights(event.actor.user_name),
            occasion=f"{day} {event.source} {event.name} {event.error}",
        )
