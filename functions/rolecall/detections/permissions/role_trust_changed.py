"""Somebody changed who can become a role."""

# Longer than 60 lines because an event may not show the policy, and says so.

from collections.abc import Iterator

from rolecall.model.admission.newcomers import UNSHOWN, Admission, admission_of
from rolecall.model.commands import show_trust
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity


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
def role_trust_changed(
    event: CloudTrailEvent, *, trusted_accounts: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """A role that trusts an intruder's account is a way back in that needs no credential.

    Whom the new policy lets in decides, condition by condition: everybody is CRITICAL, another
    account HIGH, and MEDIUM where an external id or MFA is asked for; a wide subject of an
    identity provider is as grave as it is wide. A change within the account is MEDIUM. Accounts of
    yours, which an event does not tell from others, are listed under trusted_accounts.
    """
    name = event.requested("roleName")
    if not event.succeeded or not name:
        return
    admission = admission_of(event, "policyDocument", name, trusted_accounts)
    yield Evidence(
        resource=Resource("AwsIamRole", event.iam_arn(f"role/{name}")),
        summary=f"{event.actor} changed who can become role {name}: {_words(admission)}",
        severity=max(Severity.MEDIUM, admission.severity),
        commands=(show_trust(name),),
        data={
            "role_name": name,
            "trusted": None if admission is UNSHOWN else list(admission.trusted),
            "outsiders": list(admission.outsiders),
        },
    )


def _words(admission: Admission) -> str:
    if admission is UNSHOWN:
        return "the event does not say to whom"
    lets_in = f"; it lets in {' and '.join(admission.outsiders)}" if admission.outsiders else ""
    return f"now {', '.join(admission.trusted) or 'nobody'}{lets_in}"
