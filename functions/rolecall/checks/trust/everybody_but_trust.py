"""Trust policies that let in everybody but those whom they name."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.admission.telling import trust_commands
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.trust import trusted_parties


@Check(
    id="everybody-but-trust",
    title="Trust policies say whom they let in, not whom they keep out",
    severity=Severity.HIGH,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    remediation=(
        "Name in Principal whom the role is for. To keep somebody out of those, add a statement"
        " with Deny that names them, or a condition on aws:PrincipalArn."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html",
    ),
)
def everybody_but_trust(account: Account) -> Iterator[Evidence]:
    """NotPrincipal beside Allow means the whole world without a few, strangers included.

    Who gets in under its conditions, `public-trust` says; this tells of the way of writing.
    """
    for role in account.roles:
        spared = {str(each) for party in trusted_parties(role.trust) for each in party.all_but}
        if spared:
            named = ", ".join(sorted(spared))
            yield Evidence(
                resource=role.resource,
                summary=f"{role} trusts everybody but {named}",
                principal=role.arn,
                commands=trust_commands(role),
                data={"all_but": sorted(spared)},
            )
