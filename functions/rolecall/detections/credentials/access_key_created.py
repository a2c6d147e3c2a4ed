"""Somebody made an access key, or tried to."""

from collections.abc import Iterator

from rolecall.model.commands import show_last_use
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day


@Detection(
    id="access-key-created",
    title="A user made itself an access key, or somebody was refused one",
    severity=Severity.INFORMATIONAL,
    patterns=(EventPattern(sources=("iam.amazonaws.com",), names=("CreateAccessKey",)),),
    remediation=(
        "Nothing for a rotation. For a user that should have no key: give a role instead. For a"
        " refused attempt: ask the user what it wanted to do."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html",
    ),
    attack=("T1098.001",),
    false_positives=("Every rotation.",),
)
def access_key_created(event: CloudTrailEvent) -> Iterator[Evidence]:
    """Rotating one's own key is right; kept is when, since an intruder's second key looks the same.

    Refused attempts are LOW. Keys for other users are access-key-for-another-user, those of the
    root user root-credential-created.
    """
    name, day = event.actor.user_name, format_day(event.at)
    if event.was_refused and not event.actor.is_aws_itself:
        yield Evidence(
            resource=Resource("AwsAccount", event.iam_arn("root")),
            summary=f"{event.actor} was refused an access key on {day} ({event.error})",
            severity=Severity.LOW,
            occasion=f"{day} {event.actor.principal}",
        )
    elif event.succeeded and name and not event.other_user:
        key_id = event.answered("accessKey", "accessKeyId")
        yield Evidence(
            resource=Resource("AwsIamUser", event.actor.arn),
            summary=f"user {name} made itself access key {key_id or '(not told)'}",
            commands=(show_last_use(key_id),) if key_id else (),
            data={"access_key_id": key_id, "user_name": name},
        )
