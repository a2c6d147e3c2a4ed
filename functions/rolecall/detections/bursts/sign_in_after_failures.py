"""Somebody got in after several tries."""

# Longer than 60 lines because what happened before is counted whatever came first.

from collections.abc import Iterator
from datetime import timedelta

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.memory import Burst, Memory, Trace
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity

_IN = "signed in"


def _trace(event: CloudTrailEvent) -> Trace | None:
    name = event.actor.user_name
    return Trace(name, _IN if event.succeeded else "failed") if name else None


@Detection(
    id="sign-in-after-failures",
    title="Somebody signed in after several failures",
    severity=Severity.HIGH,
    patterns=(
        EventPattern(
            sources=("signin.amazonaws.com",),
            names=("ConsoleLogin",),
            identity_types=("IAMUser",),
        ),
    ),
    memory=Memory(window=timedelta(minutes=15), trace=_trace),
    remediation=(
        "Ask the user. If it was not them: take the password and the sessions away at once, and"
        " look at what was done since."
    ),
    references=("https://attack.mitre.org/techniques/T1110/",),
    attack=("T1110", "T1078.004"),
    false_positives=("Somebody who forgot which password it was.",),
)
def sign_in_after_failures(
    event: CloudTrailEvent, burst: Burst, *, failures: int = 4
) -> Iterator[Evidence]:
    """A guess that came true looks like any other sign-in, but for what came before it.

    Events may come in any order: what counts is when they happened. Each sign-in is a finding.
    """
    seen = 0
    for each in burst.traces:
        if each.value != _IN:
            seen += 1
        elif seen >= failures:
            name = event.actor.user_name
            yield Evidence(
                resource=Resource("AwsIamUser", event.iam_arn(f"user/{name}")),
                summary=(
                    f"user {name} signed in after {failures} failures or more within 15 minutes"
                ),
                data={"user_name": name, "sign_in_event_id": each.event_id},
                occasion=each.event_id,
            )
