"""Somebody made a role."""

# Longer than 60 lines because whom the role lets in decides, and its creator is kept.

from collections.abc import Iterator

from rolecall.model.admission.newcomers import admission_of
from rolecall.model.commands import show_trust
from rolecall.model.creators import Creator
from rolecall.model.event import CloudTrailEvent
from rolecall.model.evidence import Evidence, Resource
from rolecall.model.rule import Detection, EventPattern
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day


@Detection(
    id="role-created",
    title="A role was created",
    severity=Severity.INFORMATIONAL,
    patterns=(EventPattern(sources=("iam.amazonaws.com",), names=("CreateRole",)),),
    remediation=(
        "Where somebody from outside gets in: ask who it is and who agreed to it. If nobody did:"
        " delete the role, and look at what its sessions did. List accounts of yours under"
        " trusted_accounts of this rule."
    ),
    references=(
        "https://stratus-red-team.cloud/attack-techniques/AWS/aws.persistence.iam-create-backdoor-role/",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create.html",
    ),
    attack=("T1136.003", "T1098"),
    false_positives=("Deployments that make roles for vendors and pipelines.",),
)
def role_created(
    event: CloudTrailEvent, *, trusted_accounts: tuple[str, ...] = ()
) -> Iterator[Evidence]:
    """A role that trusts somebody outside is a way in that needs no credential of yours.

    Who gets in decides: everybody is CRITICAL, another account HIGH, with an external id or MFA
    MEDIUM, a wide subject of an identity provider by its width. For the account's own principals
    and services it is a record, which keeps who made the role. Refused attempts are LOW.
    """
    if event.is_made_by_aws:
        return
    if event.was_refused:
        yield Evidence(
            resource=Resource("AwsAccount", event.iam_arn("root")),
            summary=f"{event.actor} was refused CreateRole ({event.error})",
            severity=Severity.LOW,
            occasion=f"{format_day(event.at)} {event.actor.principal}",
        )
    name = event.requested("roleName")
    if event.succeeded and name:
        yield _evidence(event, name, trusted_accounts)


def _evidence(event: CloudTrailEvent, name: str, trusted: tuple[str, ...]) -> Evidence:
    admission = admission_of(event, "assumeRolePolicyDocument", name, trusted)
    lets_in = f", which lets in {' and '.join(admission.outsiders)}" if admission.outsiders else ""
    path = event.requested("path") or "/"
    creator = Creator(event.actor.principal, str(event.actor), event.at)
    return Evidence(
        resource=Resource("AwsIamRole", event.iam_arn(f"role{path}{name}")),
        summary=f"{event.actor} created role {name}{lets_in}",
        severity=admission.severity,
        commands=(show_trust(name),),
        data={
            "role_name": name,
            "trusted": list(admission.trusted),
            "outsiders": list(admission.outsiders),
            **(creator.evidence if creator.principal else {}),
        },
    )
