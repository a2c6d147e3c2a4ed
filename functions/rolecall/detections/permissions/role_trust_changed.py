"""Somebody changed who can become a role."""

# Longer than 60 lines because an event may not show the policy, and says so.

from collections.abc import Iterator

from rolecall.model.commands import show_trust
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.trust import TrustedParty, trusted_parties
from rolecall.policy import Policy, PolicyError


@Detection(
    id="role-trust-changed",
    title="A role's trust policy was changed",
    severity=Severity.MEDIUM,
    patterns=(EventPattern(sources=("iam.amazonaws.com",), names=("UpdateAssumeRolePolicy",)),),
    remediation=(
        "Compare the new trust policy with what the role is for. If nobody asked for it: restore"
        " the old one, revoke the role's sessions, look at what they did."
    ),
    references=(
        "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.iam-backdoor-role/",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-trust-policy.html",
    ),
    attack=("T1098",),
    false_positives=("Deployments that manage the role as code.",),
)
def role_trust_changed(event: CloudTrailEvent) -> Iterator[Evidence]:
    """A role that trusts an intruder's account is a way back in that needs no credential.

    What counts is whom the new policy lets in: anyone, another account, or only this account,
    services and identity providers.
    """
    name = event.requested("roleName")
    if not event.succeeded or not name:
        return
    try:
        parties = list(trusted_parties(Policy.parse(event.requested("policyDocument"))))
    except PolicyError:
        parties = None
    yield Evidence(
        resource=Resource("AwsIamRole", event.iam_arn(f"role/{name}")),
        summary=f"{event.actor} changed who can become role {name}: {_words(parties)}",
        severity=_severity(event, parties),
        commands=(show_trust(name),),
        data={
            "role_name": name,
            "trusted": None if parties is None else sorted(_names(parties)),
        },
    )


def _names(parties: list[TrustedParty]) -> set[str]:
    return {str(party.principal) for party in parties}


def _words(parties: list[TrustedParty] | None) -> str:
    if parties is None:
        return "the event does not say to whom"
    return "now " + (", ".join(sorted(_names(parties))) or "nobody")


def _severity(event: CloudTrailEvent, parties: list[TrustedParty] | None) -> Severity:
    if parties is None:
        return Severity.HIGH
    accounts = frozenset[str]().union(*(party.accounts for party in parties))
    if "*" in accounts:
        return Severity.CRITICAL
    return Severity.HIGH if accounts - {event.account_id} else Severity.MEDIUM
