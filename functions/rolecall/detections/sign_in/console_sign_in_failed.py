"""Somebody could not sign in."""

from collections.abc import Iterator

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day


@Detection(
    id="console-sign-in-failed",
    title="A sign-in to the console failed",
    severity=Severity.LOW,
    patterns=(
        EventPattern(
            sources=("signin.amazonaws.com",),
            names=("ConsoleLogin",),
            identity_types=("IAMUser",),
        ),
    ),
    remediation=(
        "Nothing for one that was mistyped. Where the second factor failed, the password was right:"
        " ask the user, and if it was not them, set another password at once."
    ),
    references=(
        "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html",
    ),
    attack=("T1110",),
    false_positives=("Everybody who mistypes.",),
)
def console_sign_in_failed(event: CloudTrailEvent) -> Iterator[Evidence]:
    """One failure is a slip; who tries passwords begins with one.

    A day's failures of one user from one address are one finding. Where a second factor was asked
    for, whoever it was had the password. Failures of the root user are root-activity.
    """
    if event.succeeded:
        return
    name, day = event.actor.user_name, format_day(event.at)
    factor = "the second factor" if event.extra.get("MFAUsed") == "Yes" else "the password"
    who = f"user {name}" if name else "somebody"
    yield Evidence(
        resource=Resource("AwsIamUser", event.actor.arn or event.iam_arn(f"user/{name}"))
        if name
        else Resource("AwsAccount", event.iam_arn("root")),
        summary=f"{who} failed to sign in with {factor} on {day} from {event.source_ip}",
        data={"user_name": name, "factor": factor},
        occasion=f"{day} {name} {event.source_ip} {factor}",
    )
