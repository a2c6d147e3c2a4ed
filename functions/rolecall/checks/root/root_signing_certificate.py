"""Signing certificates of the root user."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.commands import aws, comment, switch_off
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="root-signing-certificate",
    title="The root user has no signing certificates",
    severity=Severity.CRITICAL,
    needs=frozenset({Part.CREDENTIAL_REPORT}),
    remediation=(
        "Sign in as the root user, deactivate the certificate under My security credentials, and"
        " delete it when nothing has missed it for a day."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/root-user-best-practices.html",
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_SigningCertificate.html",
    ),
)
def root_signing_certificate(account: Account) -> Iterator[Evidence]:
    """It signs requests as the root user, has no end, and IAM does not record its use."""
    credentials = account.root.credentials if account.root else None
    for certificate in credentials.signing_certificates if credentials else ():
        if certificate.is_active:
            at = certificate.uploaded_at
            yield Evidence(
                resource=account.resource,
                summary=f"the root user of {account.id} has an active signing certificate"
                + (f" of {format_day(at)}" if at else ""),
                principal=account.resource.arn,
                commands=(
                    comment("with the root user's own credentials:"),
                    aws("iam list-signing-certificates"),
                    *switch_off("iam update-signing-certificate", certificate_id="CERTIFICATE_ID"),
                ),
                data={"uploaded_at": format_time(at) if at else None},
                occasion=certificate.occasion,
            )
