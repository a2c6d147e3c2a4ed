"""A user signed in where nobody should be one."""

from collections.abc import Iterator

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day
from rolecall.policy.wildcards import any_of


@Detection(
    id="console-sign-in-by-user",
    title="A user signed in past the identity provider",
    severity=Severity.MEDIUM,
    patterns=(
        EventPattern(
            sources=("signin.amazonaws.com",),
            names=("ConsoleLogin",),
            identity_types=("IAMUser",),
        ),
    ),
    remediation=(
        "Ask the user why not through the identity provider. Then delete the login profile, or name"
        " the user under allowed_users if it is there for emergencies."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-users-federation-idp",
    ),
    attack=("T1078.004",),
    false_positives=("Break-glass users; name them under allowed_users.",),
)
def console_sign_in_by_user(
    event: CloudTrailEvent,
    *,
    federation_is_required: bool = False,
    allowed_users: tuple[str, ...] = (),
) -> Iterator[Evidence]:
    """Where everybody comes through an identity provider, a user's password goes past it.

    Past its second factor, its offboarding and its logs. Says nothing until federation_is_required
    is set; allowed_users are ARNs, with wildcards.
    """
    arn = event.actor.arn
    if not federation_is_required or not event.succeeded or any_of(allowed_users)(arn):
        return
    day = format_day(event.at)
    yield Evidence(
        resource=Resource("AwsIamUser", arn),
        summary=f"{event.actor} signed in to the console with a password of its own on {day}",
        occasion=day,
    )
