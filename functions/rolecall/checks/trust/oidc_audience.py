"""Roles that accept tokens which were made for somebody else."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.admission.outsiders import accesses
from rolecall.model.admission.telling import severity_of, told, weighed
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.federation.subjects import Width
from rolecall.model.federation.tokens import Tokens
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rule import Check
from rolecall.model.severity import Severity


@Check(
    id="oidc-audience",
    title="Roles for tokens demand the audience that the tokens are for",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    weighs=RIGHTS,
    remediation=(
        "Demand the audience with StringEquals on the provider's aud: sts.amazonaws.com for most"
        " issuers, the id of your identity pool for Cognito, your client id for Google; and for"
        " Cognito's roles of people who signed in also amr with ForAnyValue:StringLike."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
        "https://docs.aws.amazon.com/cognito/latest/developerguide/role-trust-and-permissions.html",
    ),
)
def oidc_audience(account: Account) -> Iterator[Evidence]:
    """A token that its bearer got for another service opens the role as well.

    IAM itself holds tokens against the client ids of a provider of your own, which leaves little;
    Cognito, Google, Facebook and Amazon have no such list: there anybody's application will do,
    which is HIGH, or MEDIUM where the one subject is named. Guests of an identity pool are told
    where nothing keeps them out.
    """
    for access in accesses(account):
        tokens = access.tokens
        if tokens is None:
            continue
        issuer = tokens.issuer
        if not tokens.demands_audience:
            severity = _severity(tokens)
            why = f"accepts tokens of {issuer.name} that were made for any audience"
        elif not tokens.is_for_authenticated:
            severity, why = Severity.MEDIUM, f"accepts guests of the {issuer.name}"
        else:
            continue
        evidence = told(access, f"{access.role} {why}", {"provider": tokens.provider})
        yield graded(evidence, severity_of(access, severity), account, weighed(access))


def _severity(tokens: Tokens) -> Severity:
    if tokens.issuer.has_client_ids:
        return Severity.LOW
    return Severity.MEDIUM if tokens.subject.width <= Width.ONE else Severity.HIGH
