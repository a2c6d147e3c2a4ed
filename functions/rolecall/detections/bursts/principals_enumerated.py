"""Somebody finds out which principals other accounts have."""

from collections.abc import Iterator
from datetime import timedelta

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.memory import Burst, Memory, Trace
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day


def _trace(event: CloudTrailEvent) -> Trace | None:
    if not event.error.startswith("MalformedPolicyDocument"):
        return None
    return Trace(event.actor.principal, event.requested("roleName"))


@Detection(
    id="principals-enumerated",
    title="Somebody tries which users and roles exist elsewhere",
    severity=Severity.MEDIUM,
    patterns=(
        EventPattern(
            sources=("iam.amazonaws.com",),
            names=("CreateRole", "UpdateAssumeRolePolicy"),
        ),
    ),
    memory=Memory(window=timedelta(minutes=15), trace=_trace),
    remediation=(
        "Ask the actor what it was for. Tools that find the principals of other accounts do it this"
        " way, from an account that they already have."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_policies.html",
        "https://attack.mitre.org/techniques/T1087/004/",
    ),
    attack=("T1087.004",),
    false_positives=("Somebody who cannot get a trust policy right.",),
)
def principals_enumerated(
    event: CloudTrailEvent, burst: Burst, *, attempts: int = 10
) -> Iterator[Evidence]:
    """IAM refuses a trust policy that names nobody: what it takes says who exists.

    One finding a principal and day.
    """
    trace = _trace(event)
    if trace is None or len(burst) < attempts:
        return
    yield Evidence(
        resource=Resource("AwsAccount", event.iam_arn("root")),
        summary=(
            f"{event.actor} wrote {attempts} trust policies or more that name nobody, within 15"
            f" minutes on {format_day(event.at)}"
        ),
        data={"roles": list(burst.values)},
        occasion=f"{format_day(event.at)} {trace.subject}",
    )
