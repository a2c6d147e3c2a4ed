"""Somebody works as the root user."""

# Longer than 60 lines because sign-ins and calls of the root user are told in other words.

from collections.abc import Iterator

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Control, Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day

_TOLD_BY_OTHER_RULES = (
    "EmailUpdated",
    "PasswordRecoveryCompleted",
    "PasswordRecoveryRequested",
    "PasswordUpdated",
)


@Detection(
    id="root-activity",
    title="The root user was used",
    severity=Severity.HIGH,
    patterns=(EventPattern(identity_types=("Root",)),),
    remediation=(
        "Ask who it was and why no role would do. If nobody can say: change the root password,"
        " delete root access keys, look at what else happened from this address. In an"
        " organization, take the root credentials of member accounts away altogether."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html",
    ),
    compliance=(
        Control("CIS AWS Foundations", "3.0.0", "1.7"),
        Control("CIS AWS Foundations", "5.0.0", "1.6"),
    ),
    attack=("T1078.004",),
    false_positives=("The few tasks that only root can do, such as closing the account.",),
)
def root_activity(event: CloudTrailEvent) -> Iterator[Evidence]:
    """Nothing in the account can limit the root user, and hardly any work needs it.

    One finding tells of one kind of call with one outcome from one address on one day: a console
    page makes dozens of calls. What AWS does in the account by itself is not the root user's doing.
    Changes of its password and address are root-password-changed and root-email-changed.
    """
    if event.actor.invoked_by or event.type == "AwsServiceEvent":
        return
    if event.source == "signin.amazonaws.com" and event.name in _TOLD_BY_OTHER_RULES:
        return
    day, severity = format_day(event.at), _severity(event)
    outcome = f"{event.error} {severity.name} {event.source_ip}"
    yield Evidence(
        resource=Resource("AwsAccount", event.iam_arn("root")),
        summary=f"the root user of account {event.account_id} {_did(event)} on {day}",
        severity=severity,
        data={"mfa": _mfa(event)},
        occasion=f"{day} {event.source} {event.name} {outcome}",
    )


def _did(event: CloudTrailEvent) -> str:
    if event.name != "ConsoleLogin":
        tried = "called" if event.succeeded else "tried to call"
        return f"{tried} {event.name} of {event.source}"
    if not event.succeeded:
        return "failed to sign in to the console"
    return "signed in to the console" + ("" if _mfa(event) else " without MFA")


def _severity(event: CloudTrailEvent) -> Severity:
    if event.name == "ConsoleLogin" and event.succeeded and not _mfa(event):
        return Severity.CRITICAL
    if event.name == "CreateServiceLinkedRole":
        return Severity.INFORMATIONAL  # consoles do it unasked; what they were opened for is told
    if event.is_read_only or not event.succeeded:
        return Severity.LOW
    return Severity.HIGH


def _mfa(event: CloudTrailEvent) -> bool:
    return event.extra.get("MFAUsed") == "Yes" or event.actor.mfa is True
