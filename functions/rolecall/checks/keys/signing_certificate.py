"""X.509 certificates that sign requests, from the time before access keys."""

# Longer than 60 lines because the id has to be looked up before anything can be deactivated.

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws, switch_off
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence, Json
from rolecall.model.gravity import RIGHTS, graded
from rolecall.model.other_credentials import SigningCertificate
from rolecall.model.owners import owner_of
from rolecall.model.principals import User
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.silence import earlier_evidence
from rolecall.model.timestamps import format_day, format_time

_ID = "signing-certificate"


@Check(
    id=_ID,
    title="Users have no signing certificates",
    severity=Severity.HIGH,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    weighs=RIGHTS,
    remediation=(
        "Nothing new needs one: the SOAP interfaces that take them are gone or going. Deactivate"
        " the certificate, and delete it once nobody has missed it for a month."
    ),
    references=("https://docs.aws.amazon.com/IAM/latest/APIReference/API_SigningCertificate.html",),
)
def signing_certificate(account: Account) -> Iterator[Evidence]:
    """A forgotten kind of credential: it signs requests like an access key, and never expires.

    IAM does not record its use. The root user's is the subject of `root-signing-certificate`.
    """
    for user, credentials in account.credentials():
        for certificate in credentials.signing_certificates:
            if certificate.is_active:
                owner = _owner(account, user, certificate)
                evidence = _evidence(user, certificate, owner)
                yield graded(evidence, Severity.HIGH, account, user)


def _owner(account: Account, user: User, certificate: SigningCertificate) -> Json:
    """Return who answers for the user; whoever did so far where its tags could not be read."""
    if not account.lacks(Part.AUTHORIZATION_DETAILS):
        return owner_of(user) or None
    return earlier_evidence(account, _ID, user.resource, certificate.occasion).get("owner")


def _evidence(user: User, certificate: SigningCertificate, owner: Json) -> Evidence:
    at = certificate.uploaded_at
    return Evidence(
        resource=user.resource,
        summary=f"{user} has an active signing certificate"
        + (f" of {format_day(at)}" if at else ""),
        principal=user.arn,
        commands=(
            aws("iam list-signing-certificates", user_name=user.name),
            *switch_off(
                "iam update-signing-certificate",
                user_name=user.name,
                certificate_id="CERTIFICATE_ID",
            ),
        ),
        data={"uploaded_at": format_time(at) if at else None, "owner": owner},
        occasion=certificate.occasion,
    )
