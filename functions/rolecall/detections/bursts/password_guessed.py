"""Somebody tries one user's passwords."""

from collections.abc import Iterator
from datetime import timedelta

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.memory import Burst, Memory, Trace
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day


def _trace(event: CloudTrailEvent) -> Trace | None:
    name = "root" if event.actor.type == "Root" else event.actor.user_name
    return None if event.succeeded or not name else Trace(name, event.source_ip)


@Detection(
    id="password-guessed",
    title="Somebody tries the passwords of a user",
    severity=Severity.MEDIUM,
    patterns=(EventPattern(sources=("signin.amazonaws.com",), names=("ConsoleLogin",)),),
    memory=Memory(window=timedelta(minutes=15), trace=_trace),
    remediation=(
        "Ask the user. If it was not them: see whether a sign-in succeeded since, set another"
        " password, and demand MFA. People who sign in through Identity Center have no password"
        " here that could be guessed."
    ),
    references=("https://attack.mitre.org/techniques/T1110/001/",),
    attack=("T1110.001",),
    false_positives=("Somebody whose password manager still has the old password.",),
)
def password_guessed(
    event: CloudTrailEvent, burst: Burst, *, attempts: int = 5
) -> Iterator[Evidence]:
    """One failure is a slip; so many within a quarter of an hour are somebody at work.

    Those of the root user are HIGH. One finding a user and day.
    """
    trace = _trace(event)
    if trace is None or len(burst) < attempts:
        return
    is_root = trace.subject == "root"
    arn = event.iam_arn("root" if is_root else f"user/{trace.subject}")
    yield Evidence(
        resource=Resource("AwsIamUser", arn),
        summary=(
            f"{attempts} sign-ins of {'the root user' if is_root else f'user {trace.subject}'} or"
            f" more failed within 15 minutes on {format_day(event.at)}"
        ),
        severity=Severity.HIGH if is_root else None,
        data={"user_name": trace.subject, "addresses": list(burst.values)},
        occasion=f"{format_day(event.at)} {trace.subject}",
    )
