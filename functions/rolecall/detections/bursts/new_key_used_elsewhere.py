"""A key that was just made is used from elsewhere."""

# Longer than 60 lines because whose key it is, two kinds of events tell in two ways.

from collections.abc import Iterator
from datetime import timedelta

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.identity_calls import SOURCES
from rolecall.model.memory import Burst, Memory, Trace
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.surroundings import network_of

_MADE, _USED = "made ", "used "
_LONG_LIVED = "AKIA"


def _trace(event: CloudTrailEvent) -> Trace | None:
    """Return where a key was made or used: its own event is kept under the key's id."""
    network = network_of(event.source_ip)
    if not network or event.is_made_by_aws:
        return None
    if event.name == "CreateAccessKey" and event.succeeded:
        return Trace(event.answered("accessKey", "accessKeyId"), _MADE + network)
    key = event.actor.access_key_id
    return Trace(key, _USED + network) if key.startswith(_LONG_LIVED) else None


def _owner(event: CloudTrailEvent) -> Resource:
    """Return whose key it is, spelled alike by both events; of the root user, the account."""
    name = event.requested("userName") if event.name == "CreateAccessKey" else ""
    owner = name or event.actor.user_name
    if not owner:
        return Resource("AwsAccount", event.iam_arn("root"))
    return Resource("AwsIamUser", event.iam_arn(f"user/{owner}"))


@Detection(
    id="new-key-used-elsewhere",
    title="A key that was just made is used from another network",
    severity=Severity.HIGH,
    patterns=(EventPattern(sources=SOURCES, only_changes=True),),
    memory=Memory(window=timedelta(hours=24), trace=_trace),
    remediation=(
        "Ask whoever made the key where it is used. If they cannot say: deactivate it, and look at"
        " what was done with it and by whoever made it (`rolecall timeline`)."
    ),
    references=(
        "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.iam-backdoor-user/",
        "https://attack.mitre.org/techniques/T1098/001/",
    ),
    attack=("T1098.001",),
    false_positives=("Keys that are made at a desk for a machine elsewhere.",),
)
def new_key_used_elsewhere(event: CloudTrailEvent, burst: Burst) -> Iterator[Evidence]:
    """An intruder makes a key in one place to come back with it from another.

    Told is a key with which identities are changed from another network (/24, of IPv6 /48) than it
    was made in, within a day. One finding a key, whichever of the events comes first.
    """
    trace = _trace(event)
    made = {each.removeprefix(_MADE) for each in burst.values if each.startswith(_MADE)}
    used = {each.removeprefix(_USED) for each in burst.values if each.startswith(_USED)}
    elsewhere = sorted(used - made)
    if trace is None or not made or not elsewhere:
        return
    yield Evidence(
        resource=_owner(event),
        summary=f"Access key {trace.subject} was made from {min(made)} and used from"
        f" {elsewhere[0]} within a day",
        data={"access_key_id": trace.subject, "made_from": sorted(made), "used_from": elsewhere},
        occasion=trace.subject,
    )
