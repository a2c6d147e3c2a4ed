"""Several calls that together are a story: an identity is made or taken over."""

# Longer than 60 lines because the story is told step by step.

from collections.abc import Iterator
from datetime import timedelta

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.memory import Burst, Memory, Trace
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.takeovers import CALLS, STORIES, step_of
from rolecall.model.timestamps import format_day

_RESOURCE_TYPES = {"role": "AwsIamRole", "user": "AwsIamUser"}


def _trace(event: CloudTrailEvent) -> Trace | None:
    found = step_of(event)
    if found is None:
        return None
    kind, name, step = found
    return Trace(f"{kind} {name}", step)


@Detection(
    id="identity-taken-over",
    title="An identity was made or taken over, step by step",
    severity=Severity.HIGH,
    patterns=(
        EventPattern(sources=("iam.amazonaws.com",), names=CALLS),
        EventPattern(sources=("signin.amazonaws.com",), names=("ConsoleLogin",)),
    ),
    memory=Memory(window=timedelta(minutes=60), trace=_trace),
    remediation=(
        "Ask whoever made the calls (`rolecall timeline` tells who). If nobody can say: take the"
        " identity's keys, password and policies away, and the credentials of whoever made it, and"
        " look at what both did since."
    ),
    references=(
        "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.iam-create-admin-user/",
        "https://attack.mitre.org/techniques/T1136/003/",
    ),
    attack=("T1136.003", "T1098"),
    false_positives=("Whoever sets up an administrator by hand.",),
)
def identity_taken_over(event: CloudTrailEvent, burst: Burst) -> Iterator[Evidence]:
    """Each of the calls is everyday; in this order, within an hour, they are how incidents go.

    Told is one finding for an identity and a day, which a story that gets worse makes worse. Steps
    may be delivered in any order. What CloudFormation and declared pipelines do is no step.
    """
    found = step_of(event)
    if found is None:
        return
    kind, name, _ = found
    seen = [each.value for each in burst.traces]
    story = next((each for each in STORIES if each.is_told_by(kind, seen)), None)
    if story is not None:
        *first, last = story.steps
        yield Evidence(
            resource=Resource(_RESOURCE_TYPES[kind], event.iam_arn(f"{kind}/{name}")),
            summary=f"{kind} {name} {', '.join(first)} and {last} within an hour",
            severity=story.severity,
            data={"steps": list(story.steps), "identity": name},
            occasion=f"{format_day(event.at)} {kind} {name}",
        )
