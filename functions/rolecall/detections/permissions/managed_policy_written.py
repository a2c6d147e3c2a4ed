"""Somebody wrote a customer managed policy, or chose another version of it."""

# Longer than 60 lines because a new policy, a new version and an old one are told apart.

from collections.abc import Iterator

from rolecall.model.commands import aws
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.granted_rights import grant_in
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity


@Detection(
    id="managed-policy-written",
    title="A customer managed policy was written",
    severity=Severity.INFORMATIONAL,
    patterns=(
        EventPattern(
            sources=("iam.amazonaws.com",),
            names=("CreatePolicy", "CreatePolicyVersion", "SetDefaultPolicyVersion"),
        ),
    ),
    remediation=(
        "Look at who holds the policy and at what it gives. If nobody asked for it: make the"
        " version before it the default again, and look at what its holders did since."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-versioning.html",
        "https://pathfinding.cloud/paths/iam-001",
    ),
    attack=("T1098.003", "T1484"),
    false_positives=("Deployments that keep policies as code.",),
)
def managed_policy_written(event: CloudTrailEvent) -> Iterator[Evidence]:
    """A new version of a policy changes what everybody may do who holds it, in one quiet call.

    The document decides, as with an inline policy. A version that is not the default yet weighs
    less. Which version somebody goes back to the event does not show: that is MEDIUM, for an older
    and wider one may lie ready.
    """
    arn = event.requested("policyArn") or event.answered("policy", "arn")
    name = event.requested("policyName") or arn.rpartition("/")[2]
    if event.is_made_by_aws or not event.succeeded or not name:
        return
    if event.name == "SetDefaultPolicyVersion":
        version = event.requested("versionId")
        severity, did, words = Severity.MEDIUM, f"went to version {version} of", ""
    else:
        grant = grant_in(event)
        version = event.answered("policyVersion", "versionId") or "v1"
        severity, words = grant.severity, f": it {grant.words}"
        did = "wrote" if event.name == "CreatePolicy" else f"wrote version {version} of"
        if event.name == "CreatePolicyVersion" and event.request.get("setAsDefault") is not True:
            severity, words = min(severity, Severity.LOW), f"{words}, once it is the default"
    arn = arn or event.iam_arn(f"policy{event.requested('path') or '/'}{name}")
    yield Evidence(
        resource=Resource("AwsIamPolicy", arn),
        summary=f"{event.actor} {did} policy {name}{words}",
        severity=severity,
        commands=(aws("iam get-policy-version", policy_arn=arn, version_id=version),),
        data={"policy": name, "version": version},
    )
