"""Somebody has a password and tries the second factor."""

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
    is_factor = not event.succeeded and event.extra.get("MFAUsed") == "Yes"
    return Trace(name, event.source_ip) if is_factor and name else None


@Detection(
    id="second-factor-guessed",
    title="Somebody with the right password tries the second factor",
    severity=Severity.HIGH,
    patterns=(EventPattern(sources=("signin.amazonaws.com",), names=("ConsoleLogin",)),),
    memory=Memory(window=timedelta(minutes=15), trace=_trace),
    remediation=(
        "Set another password at once: whoever it is has this one. Give the user a passkey, which"
        " cannot be guessed or asked for on the telephone."
    ),
    references=("https://attack.mitre.org/techniques/T1621/",),
    attack=("T1621", "T1110.001"),
    false_positives=("A device whose clock is wrong.",),
)
def second_factor_guessed(
    event: CloudTrailEvent, burst: Burst, *, attempts: int = 3
) -> Iterator[Evidence]:
    """AWS asks for the second factor after the password was right: the first half is gone."""
    trace = _trace(event)
    if trace is None or len(burst) < attempts:
        return
    is_root = trace.subject == "root"
    arn = event.iam_arn("root" if is_root else f"user/{trace.subject}")
    yield Evidence(
        resource=Resource("AwsIamUser", arn),
        summary=(
            f"the second factor of {'the root user' if is_root else f'user {trace.subject}'} failed"
            f" {attempts} times or more within 15 minutes on {format_day(event.at)}"
        ),
        data={"user_name": trace.subject, "addresses": list(burst.values)},
        occasion=f"{format_day(event.at)} {trace.subject}",
    )
