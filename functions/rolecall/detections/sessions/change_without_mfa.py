"""Somebody who needs a second factor changed something without it."""

from collections.abc import Iterator

from rolecall.model.commands import list_mfa_devices
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day
from rolecall.policy.wildcards import any_of


@Detection(
    id="change-without-mfa",
    title="A user who needs MFA changed identities without it",
    severity=Severity.MEDIUM,
    patterns=(
        EventPattern(
            sources=("iam.amazonaws.com", "organizations.amazonaws.com"),
            identity_types=("IAMUser",),
            only_changes=True,
        ),
    ),
    remediation=(
        "Ask the user whether it was them. Then have a policy deny these calls without MFA, with"
        " the condition aws:MultiFactorAuthPresent, so that a stolen key alone is not enough."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html",
    ),
    attack=("T1078.004",),
    false_positives=("Programs with keys; do not name them under users.",),
)
def change_without_mfa(
    event: CloudTrailEvent, *, users: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """An access key alone is one thing to steal, an access key with a second factor two.

    Says nothing until users names, by ARN and with wildcards, who has to use MFA. A key by itself,
    which the record gives no session of, counts as without. One finding for a user and a day.
    """
    actor = event.actor
    if not event.succeeded or actor.mfa or event.is_made_by_aws or not any_of(users)(actor.arn):
        return
    day = format_day(event.at)
    yield Evidence(
        resource=Resource("AwsIamUser", actor.arn),
        summary=f"{actor} changed identities without MFA on {day}, first with {event.name}",
        commands=(list_mfa_devices(actor.user_name),) if actor.user_name else (),
        data={"user_name": actor.user_name},
        occasion=day,
    )
