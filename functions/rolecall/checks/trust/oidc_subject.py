"""Roles that accept tokens of more than what they are for."""

# Longer than 60 lines because each width is graded on its own, and told in words.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.admission.outsiders import Access, accesses
from rolecall.model.admission.telling import severity_of, told, weighed
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.federation.subjects import Width
from rolecall.model.federation.tokens import Tokens
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rule import Check
from rolecall.model.severity import Severity

_SEVERITIES = {
    Width.EVERYBODY: Severity.CRITICAL,
    Width.ORGANIZATION: Severity.MEDIUM,
    Width.PROJECT: Severity.LOW,
}


@Check(
    id="oidc-subject",
    title="Roles for tokens name whose tokens they accept",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    weighs=RIGHTS,
    remediation=(
        "Demand the subject of the one branch, environment, workspace or service account that needs"
        " the role, with StringEquals. Where several need it, list them. A GitHub environment with"
        " reviewers keeps pull requests out."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
        "https://docs.github.com/en/actions/reference/security/oidc",
    ),
)
def oidc_subject(account: Account) -> Iterator[Evidence]:
    """The issuer signs tokens for all of its customers; only the subject says whose one is.

    Told is in words who can come by a token that fits: everybody with an account at the issuer is
    CRITICAL, all of one organization MEDIUM, all branches and pull requests of one repository LOW.
    A wildcard that its operator takes literally lets nobody in today, and too many as soon as
    somebody repairs it.
    """
    for access in accesses(account):
        tokens = access.tokens
        if tokens is None:
            continue
        if tokens.subject.width in _SEVERITIES:
            why = f"accepts tokens of {tokens.issuer.name} for {tokens.subject.words}"
            severity = _SEVERITIES[tokens.subject.width]
        elif tokens.subject.width is Width.NOBODY:
            why = f"accepts tokens of {tokens.issuer.name} for {tokens.subject.words}"
            severity = _if_repaired(tokens)
            if tokens.intended.width is not Width.NOBODY:
                why += f"; as a pattern it would mean {tokens.intended.words}"
        else:
            continue
        evidence = told(access, f"{access.role} {why}", _data(access, tokens))
        yield graded(evidence, severity_of(access, severity), account, weighed(access))


def _if_repaired(tokens: Tokens) -> Severity:
    return Severity.MEDIUM if tokens.intended.width >= Width.ORGANIZATION else Severity.LOW


def _data(access: Access, tokens: Tokens) -> dict[str, str]:
    return {
        "issuer": tokens.issuer.name,
        "provider": tokens.provider,
        "width": tokens.subject.width.name.lower(),
        "source": tokens.issuer.source,
        "statement": access.passage.party.label,
    }
