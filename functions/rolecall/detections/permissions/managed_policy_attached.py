"""Somebody gave a managed policy to a user, role or group."""

# Longer than 60 lines because it lists the policies of AWS that are stronger than their names.

from collections.abc import Iterator

from rolecall.model.commands import take_policy_away
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity

_TYPES = {"group": "AwsIamGroup", "role": "AwsIamRole", "user": "AwsIamUser"}
_NAMES = {f"Attach{kind.title()}Policy": kind for kind in _TYPES}
_ADMINISTRATORS = ("AdministratorAccess", "IAMFullAccess")
_QUARANTINE = "AWSCompromisedKeyQuarantine"

ESCALATING = frozenset(
    {
        "AWSElasticBeanstalkService",
        "AdministratorAccess-Amplify",
        "AmazonDynamoDBFullAccesswithDataPipeline",
        "AmazonElasticMapReduceFullAccess",
        "AmazonElasticMapReduceRole",
    }
)
"""AWS managed policies that open a way to administrator rights; a test holds it to their texts."""
STRONG = frozenset({"AmazonSESFullAccess", "PowerUserAccess"})
"""AWS managed policies that intruders like: everything but identities, and mail in your name."""


@Detection(
    id="managed-policy-attached",
    title="A managed policy was given to a user, role or group",
    severity=Severity.INFORMATIONAL,
    patterns=(EventPattern(sources=("iam.amazonaws.com",), names=tuple(_NAMES)),),
    remediation=(
        "Compare what the policy gives with what the principal is for; `rolecall audit` tells what"
        " a customer managed policy amounts to. If nobody asked for it: detach it again."
    ),
    references=(
        "https://docs.aws.amazon.com/aws-managed-policy/latest/reference/about-managed-policy-reference.html",
        "https://pathfinding.cloud/paths/",
    ),
    attack=("T1098.003",),
    false_positives=("Deployments; what they attach is mostly INFORMATIONAL.",),
)
def managed_policy_attached(event: CloudTrailEvent) -> Iterator[Evidence]:
    """Which policy it is decides: most are a record, some of AWS's own lead further than they say.

    A policy that lets its holder become an administrator is HIGH, one that intruders are known to
    reach for MEDIUM. `administrator-policy-attached` tells of administrators; the quarantine that
    AWS puts on exposed keys has a rule of its own.
    """
    kind = _NAMES[event.name]
    name, arn = event.requested(f"{kind}Name"), event.requested("policyArn")
    policy = arn.rpartition("/")[2]
    if event.is_made_by_aws or not event.succeeded or not name or not arn:
        return
    is_of_aws = ":iam::aws:policy/" in arn
    if is_of_aws and (policy in _ADMINISTRATORS or policy.startswith(_QUARANTINE)):
        return
    severity, words = _weighed(policy) if is_of_aws else (Severity.INFORMATIONAL, "")
    yield Evidence(
        resource=Resource(_TYPES[kind], event.iam_arn(f"{kind}/{name}")),
        summary=f"{event.actor} attached policy {policy} to {kind} {name}{words}",
        severity=severity,
        commands=(take_policy_away(kind, name, policy, arn),),
        data={"policy": policy, f"{kind}_name": name},
    )


def _weighed(policy: str) -> tuple[Severity, str]:
    if policy in ESCALATING:
        return Severity.HIGH, ": it lets its holder become an administrator"
    return (Severity.MEDIUM if policy in STRONG else Severity.INFORMATIONAL), ""
