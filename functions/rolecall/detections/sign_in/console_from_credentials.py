"""Somebody made a browser session of credentials for programs."""

# Longer than 60 lines because three ways into the console without a password are told apart.

from collections.abc import Iterator

from rolecall.model.attack_tools import SESSION_NAMES
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day

_OWN_CLIENTS = ("Jersey/", "AWS Internal", "Mozilla/")
"""How user agents begin of AWS's own access portal, of its console and of browsers."""


@Detection(
    id="console-from-credentials",
    title="Credentials for programs were taken into the console",
    severity=Severity.MEDIUM,
    patterns=(
        EventPattern(
            sources=("signin.amazonaws.com",),
            names=("ConsoleLogin",),
            identity_types=("AssumedRole", "FederatedUser"),
        ),
        EventPattern(sources=("signin.amazonaws.com",), names=("GetSigninToken",)),
    ),
    remediation=(
        "Ask whoever works with these credentials. If nobody can say: they are stolen. End the"
        " role's sessions or disable the user's keys, and look at what was done in the console."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_enable-console-custom-url.html",
        "https://hackingthe.cloud/aws/post_exploitation/create_a_console_session_from_iam_credentials/",
        *SESSION_NAMES.values(),
    ),
    attack=("T1550.001", "T1078.004"),
    false_positives=("People with aws-vault or another tool that opens the console for them.",),
)
def console_from_credentials(event: CloudTrailEvent) -> Iterator[Evidence]:
    """Whoever has keys alone wants to look around, and the console shows more than a prompt.

    A session of an instance's role in a browser was stolen from the instance; one called after a
    tool of intruders is theirs. AWS's own portal makes tokens all day; told are those that other
    clients make.
    """
    told = _told(event)
    if not event.succeeded or event.actor.is_aws_itself or told is None:
        return
    words, severity = told
    day = format_day(event.at)
    yield Evidence(
        resource=Resource("AwsIamRole", event.actor.role_arn)
        if event.actor.role_arn
        else Resource("AwsAccount", event.iam_arn("root")),
        summary=f"{event.actor} {words} on {day} from {event.source_ip}",
        severity=severity,
        occasion=f"{day} {event.name} {event.actor.arn} {event.source_ip} {event.user_agent}",
    )


def _told(event: CloudTrailEvent) -> tuple[str, Severity] | None:
    """Return what happened and how bad it is; None for what people do all day."""
    if event.actor.is_instance:
        return "signed in to the console with credentials of an instance", Severity.HIGH
    session = event.actor.arn.rpartition("/")[2]
    if session in SESSION_NAMES:
        return f"went to the console with {session}", Severity.HIGH
    if event.name == "GetSigninToken":
        if not event.user_agent or event.user_agent.startswith(_OWN_CLIENTS):
            return None
        return f"made a console session with {event.user_agent[:80]}", Severity.MEDIUM
    if event.actor.type == "FederatedUser":
        return "signed in to the console with a token of GetFederationToken", Severity.MEDIUM
    return None
