"""Somebody changed what an instance does when it starts."""

from collections.abc import Iterator

from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity


@Detection(
    id="instance-user-data-changed",
    title="The user data of an instance was changed",
    severity=Severity.HIGH,
    patterns=(EventPattern(sources=("ec2.amazonaws.com",), names=("ModifyInstanceAttribute",)),),
    remediation=(
        "Read the user data before the instance starts again. If it is not yours: keep the instance"
        " stopped, and look at what its role did since the change."
    ),
    references=(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html",
        "https://stratus-red-team.cloud/attack-techniques/AWS/aws.execution.ec2-user-data/",
    ),
    attack=("T1059", "T1548.005"),
    false_positives=("Hardly anybody: instances are replaced, not changed.",),
)
def instance_user_data_changed(event: CloudTrailEvent) -> Iterator[Evidence]:
    """User data run as the machine's own administrator, with the rights of the instance's role.

    Who may stop, change and start an instance has these rights. An instance has to be stopped for
    it: pipelines make new ones.
    """
    changes = "userData" in event.request or event.requested("attribute") == "userData"
    if not changes or event.is_made_by_aws or not (event.succeeded or event.was_refused):
        return
    instance = event.requested("instanceId") or "(not told)"
    did = "changed" if event.succeeded else f"was refused to change ({event.error})"
    arn = f"arn:{event.partition}:ec2:{event.region}:{event.account_id}:instance/{instance}"
    yield Evidence(
        resource=Resource("AwsEc2Instance", arn),
        summary=f"{event.actor} {did} what instance {instance} does when it starts",
        severity=None if event.succeeded else Severity.LOW,
        data={"instance_id": instance},
    )
