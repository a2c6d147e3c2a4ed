"""Roles that accept SAML assertions which were made for somebody else."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.admission.outsiders import Access, Kind, accesses
from rolecall.model.admission.telling import outsider_in_words, told
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy.context import Context

_LIMITS = ("saml:aud", "saml:sub", "saml:iss", "saml:doc")


@Check(
    id="saml-audience",
    title="Roles for SAML demand the audience that the assertions are for",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    weighs=RIGHTS,
    remediation=(
        "Demand the sign-in page with StringEquals SAML:aud https://signin.aws.amazon.com/saml, or"
        " those of the regions that you use."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-saml",
    ),
)
def saml_audience(account: Account) -> Iterator[Evidence]:
    """An assertion that the identity provider made for another application opens the role too.

    Whoever runs that application sees the assertions of everybody who signs in there.
    """
    for access in accesses(account):
        if access.kind is not Kind.SAML or access.passage.blocked_by or _is_limited(access):
            continue
        who = outsider_in_words(access)
        evidence = told(access, f"{access.role} accepts {who} without demanding an audience")
        yield graded(evidence, Severity.MEDIUM, account, access.role)


def _is_limited(access: Access) -> bool:
    """Tell whether some condition refuses what was made for nobody in particular."""
    return any(
        condition.folded_key in _LIMITS
        and condition.test(Context({condition.folded_key: ("\x00",)})) is False
        for condition in access.passage.party.conditions
    )
