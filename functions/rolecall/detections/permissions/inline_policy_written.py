"""Somebody wrote a policy into a user, role or group."""

from collections.abc import Iterator

from rolecall.model.commands import take_policy_away
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.granted_rights import grant_in
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity

_TYPES = {"group": "AwsIamGroup", "role": "AwsIamRole", "user": "AwsIamUser"}
_NAMES = {f"Put{kind.title()}Policy": kind for kind in _TYPES}


@Detection(
    id="inline-policy-written",
    title="A policy was written into a user, role or group",
    severity=Severity.INFORMATIONAL,
    patterns=(EventPattern(sources=("iam.amazonaws.com",), names=tuple(_NAMES)),),
    remediation=(
        "Compare what the policy gives with what the principal is for. If nobody asked for it:"
        " delete the policy, and look at what the principal did since."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
    ),
    attack=("T1098.003",),
    false_positives=("Deployments; most of what they write is INFORMATIONAL.",),
)
def inline_policy_written(event: CloudTrailEvent) -> Iterator[Evidence]:
    """An inline policy shows in no list of policies, which is where an intruder's belongs.

    The document decides: one that opens a way to administrator rights is HIGH, sensitive rights on
    every resource up to MEDIUM, anything else a record. `administrator-policy-attached` tells of
    those that make administrators.
    """
    kind = _NAMES[event.name]
    name, policy = event.requested(f"{kind}Name"), event.requested("policyName")
    if event.is_made_by_aws or not event.succeeded or not name:
        return
    grant = grant_in(event)
    if grant.is_administrator:
        return
    yield Evidence(
        resource=Resource(_TYPES[kind], event.iam_arn(f"{kind}/{name}")),
        summary=f"{event.actor} wrote policy {policy} into {kind} {name}: it {grant.words}",
        severity=grant.severity,
        commands=(take_policy_away(kind, name, policy, None),),
        data={"policy": policy, f"{kind}_name": name, **grant.data},
    )
