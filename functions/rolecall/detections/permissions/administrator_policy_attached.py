"""Somebody was made an administrator."""

# Longer than 60 lines because six calls, on managed and inline policies, are one rule.

from collections.abc import Iterator

from rolecall.model.commands import take_policy_away
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.granted_rights import Grant, grant_in
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity

_TYPES = {"group": "AwsIamGroup", "role": "AwsIamRole", "user": "AwsIamUser"}
_NAMES = {f"{verb}{kind.title()}Policy": kind for kind in _TYPES for verb in ("Attach", "Put")}
_MANAGED = ("AdministratorAccess", "IAMFullAccess")
"""The AWS managed policies that let their holder change what anybody may do."""


@Detection(
    id="administrator-policy-attached",
    title="A user, role or group was given administrator rights",
    severity=Severity.HIGH,
    patterns=(EventPattern(sources=("iam.amazonaws.com",), names=tuple(_NAMES)),),
    remediation=(
        "Ask the actor why. If nobody can say: take the policy away again, look at what the"
        " principal did since, then look at what else the actor did."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_manage-attach-detach.html",
        "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.iam-create-admin-user/",
    ),
    attack=("T1098.003",),
    false_positives=("A pipeline that sets up accounts.",),
)
def administrator_policy_attached(event: CloudTrailEvent) -> Iterator[Evidence]:
    """The step from a stolen key to the whole account is one call.

    Seen are the AWS managed administrator policies and inline policies whose text makes an
    administrator; what a customer managed policy grants is for the audit to tell. A user is
    CRITICAL, for it keeps its credentials for years; what holds under conditions only is MEDIUM.
    """
    kind = _NAMES[event.name]
    name, found = event.requested(f"{kind}Name"), _administrator_policy(event)
    if event.is_made_by_aws or not event.succeeded or not name or not found:
        return
    policy, severity = found
    is_lasting = kind == "user" and severity is Severity.HIGH
    yield Evidence(
        resource=Resource(_TYPES[kind], event.iam_arn(f"{kind}/{name}")),
        summary=f"{event.actor} gave {kind} {name} administrator rights with policy {policy}",
        severity=Severity.CRITICAL if is_lasting else severity,
        commands=(take_policy_away(kind, name, policy, event.requested("policyArn")),),
        data={"policy": policy, f"{kind}_name": name},
    )


def _administrator_policy(event: CloudTrailEvent) -> tuple[str, Severity] | None:
    """Return the policy that makes an administrator, and how grave that is; None: none does."""
    arn = event.requested("policyArn")
    if arn:
        name = arn.rpartition("/")[2]
        is_one = ":iam::aws:policy/" in arn and name in _MANAGED
        return (name, Severity.HIGH) if is_one else None
    grant: Grant = grant_in(event)
    return (event.requested("policyName"), grant.severity) if grant.is_administrator else None
