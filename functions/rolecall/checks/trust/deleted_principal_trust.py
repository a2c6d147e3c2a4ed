"""Trust policies that still name principals which are deleted."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.admission.telling import trust_commands
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.trust import trusted_parties


@Check(
    id="deleted-principal-trust",
    title="Trust policies name no deleted principals",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Take the id out of the trust policy. If the principal was made again under its old name,"
        " write its ARN: the id is that of the old one, and will never fit again."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-users",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids",
    ),
)
def deleted_principal_trust(account: Account) -> Iterator[Evidence]:
    """A role that was made for somebody who is gone is a role that nobody watches.

    IAM puts the unique id in the place of the ARN when a principal is deleted; nobody can get in
    with it, but whoever reads the policy cannot tell for whom it was.
    """
    for role in account.roles:
        ids = {
            party.principal.value
            for party in trusted_parties(role.trust)
            if party.principal.is_unique_id
        }
        for unique_id in sorted(ids):
            yield Evidence(
                resource=role.resource,
                summary=f"{role} trusts {unique_id}, a principal that was deleted",
                principal=role.arn,
                commands=trust_commands(role),
                data={"unique_id": unique_id},
                occasion=unique_id,
            )
