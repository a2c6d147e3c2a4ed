"""Somebody tries passwords on many users."""

from collections.abc import Iterator
from datetime import timedelta

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.memory import Burst, Memory, Trace
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day


def _trace(event: CloudTrailEvent) -> Trace | None:
    if event.succeeded or not event.actor.user_name:
        return None
    return Trace(event.source_ip, event.actor.user_name)


@Detection(
    id="password-sprayed",
    title="Somebody tries passwords on many users",
    severity=Severity.HIGH,
    patterns=(EventPattern(sources=("signin.amazonaws.com",), names=("ConsoleLogin",)),),
    memory=Memory(window=timedelta(minutes=60), trace=_trace),
    remediation=(
        "See whether a sign-in from the address succeeded. Set new passwords for the users named,"
        " and demand MFA of all: a password that is common enough is found this way."
    ),
    references=("https://attack.mitre.org/techniques/T1110/003/",),
    attack=("T1110.003",),
    false_positives=("A classroom, or an office behind one address, on its first day.",),
)
def password_sprayed(event: CloudTrailEvent, burst: Burst, *, users: int = 5) -> Iterator[Evidence]:
    """Few tries on each of many users lock nobody out and are no burst on any one of them.

    What counts are users, from one address within an hour. One finding an address and day.
    """
    if _trace(event) is None or len(burst.values) < users:
        return
    yield Evidence(
        resource=Resource("AwsAccount", event.iam_arn("root")),
        summary=(
            f"sign-ins of {users} users or more failed within an hour on"
            f" {format_day(event.at)} from {event.source_ip}"
        ),
        data={"users": list(burst.values), "address": event.source_ip},
        occasion=f"{format_day(event.at)} {event.source_ip}",
    )
