"""Roles for certificates that do not say which trust anchor, or which certificate."""

# Longer than 60 lines because what a wildcard leaves open differs between anchor and subject.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.admission.outsiders import Access, Kind, accesses
from rolecall.model.admission.telling import told
from rolecall.model.admission.terms import holds_without
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.policy.wildcards import is_literal

_CERTIFICATE = ("aws:principaltag/x509subject", "aws:principaltag/x509san")


@Check(
    id="roles-anywhere-trust",
    title="Roles for Roles Anywhere name their trust anchor and certificates",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.AUTHORIZATION_DETAILS}),
    weighs=RIGHTS,
    remediation=(
        "Demand the trust anchor with ArnEquals aws:SourceArn, and the certificate with"
        " StringEquals aws:PrincipalTag/x509Subject/CN."
    ),
    references=(
        "https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html",
        "https://docs.aws.amazon.com/rolesanywhere/latest/userguide/cross-service-confused-deputy-prevention.html",
    ),
)
def roles_anywhere_trust(account: Account) -> Iterator[Evidence]:
    """Without a trust anchor in the trust policy, a certificate of any of them opens the role.

    Whoever may create a trust anchor then makes certificates for every such role. With the anchor
    but without a subject, every certificate that its authority ever signed will do, which is LOW.
    """
    for access in accesses(account):
        if access.kind is not Kind.CERTIFICATE:
            continue
        if not _demands(access, ("aws:sourcearn",)):
            severity, what = Severity.MEDIUM, "a certificate of any trust anchor of the account"
        elif not _demands(access, _CERTIFICATE):
            severity, what = Severity.LOW, "any certificate of its trust anchor"
        else:
            continue
        evidence = told(access, f"{access.role} can be assumed with {what}")
        yield graded(evidence, severity, account, access.role)


def _demands(access: Access, keys: tuple[str, ...]) -> bool:
    return any(
        condition.folded_key.startswith(keys)
        and not holds_without(condition)
        and condition.operator != "Null"
        and (condition.operator == "StringEquals" or all(map(_says_which, condition.values)))
        for condition in access.passage.party.conditions
    )


def _says_which(value: str) -> bool:
    """Tell whether more is demanded than any subject, or than any trust anchor of an account."""
    return bool(value.strip("*?")) and (not value.startswith("arn:") or is_literal(value[-1]))
