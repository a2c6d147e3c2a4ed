"""A user signed in with a password alone."""

from collections.abc import Iterator

from rolecall.model.commands import list_mfa_devices
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Control, Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day


@Detection(
    id="console-sign-in-without-mfa",
    title="A user signed in to the console without MFA",
    severity=Severity.HIGH,
    patterns=(
        EventPattern(
            sources=("signin.amazonaws.com",),
            names=("ConsoleLogin",),
            identity_types=("IAMUser",),
        ),
    ),
    remediation=(
        "Ask the user whether it was them. If so: have them register a second factor, better let"
        " them come through the identity provider. If not: delete the login profile, disable the"
        " keys, look at what was done in the session."
    ),
    references=(
        "https://stratus-red-team.cloud/attack-techniques/AWS/aws.initial-access.console-login-without-mfa/",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa.html",
    ),
    compliance=(Control("CIS AWS Foundations", "3.0.0", "4.2"),),
    attack=("T1078.004",),
    false_positives=("Users whom nobody asked for a second factor yet: every one of them.",),
)
def console_sign_in_without_mfa(event: CloudTrailEvent) -> Iterator[Evidence]:
    """A password that was guessed, found or fished is enough here.

    Judged are users of IAM. For who comes through an identity provider, or switches from a role,
    the record says No as well, wherever the second factor was asked for. A record that says
    neither Yes nor No is quiet.
    """
    if not event.succeeded or event.extra.get("MFAUsed") != "No":
        return
    name, day = event.actor.user_name or "(not told)", format_day(event.at)
    yield Evidence(
        resource=Resource("AwsIamUser", event.actor.arn or event.iam_arn(f"user/{name}")),
        summary=f"user {name} signed in to the console without MFA on {day} from {event.source_ip}",
        commands=(list_mfa_devices(name),),
        data={"user_name": name},
        occasion=f"{day} {event.source_ip}",
    )
