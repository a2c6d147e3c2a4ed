"""TLS certificates in IAM that have expired, or soon will."""

from collections.abc import Iterator
from datetime import timedelta

from rolecall.model.account import Account
from rolecall.model.account_settings import ServerCertificate
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check, Control
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="server-certificate-expiry",
    title="Server certificates in IAM are valid",
    severity=Severity.HIGH,
    needs=frozenset({Part.SERVER_CERTIFICATES}),
    remediation=(
        "Move what uses it to a certificate of AWS Certificate Manager, which renews itself; then"
        " delete this one. IAM refuses to delete a certificate that a load balancer still uses."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_server-certs_manage.html",
    ),
    compliance=(
        Control("AWS FSBP", "1.0.0", "IAM.26"),
        Control("CIS AWS Foundations", "3.0.0", "1.19"),
        Control("CIS AWS Foundations", "5.0.0", "1.18"),
    ),
)
def server_certificate_expiry(account: Account, *, warn_days: int = 30) -> Iterator[Evidence]:
    """An expired certificate is an outage, and teaches people to click through warnings.

    It is HIGH from the moment it expires, MEDIUM in the `warn_days` before.
    """
    for certificate in account.server_certificates:
        left = certificate.expires_at - account.taken_at
        if left <= timedelta(0):
            yield _evidence(certificate, "expired on", Severity.HIGH)
        elif left <= timedelta(days=warn_days):
            yield _evidence(certificate, "expires on", Severity.MEDIUM)


def _evidence(certificate: ServerCertificate, verb: str, severity: Severity) -> Evidence:
    name = certificate.name
    return Evidence(
        resource=certificate.resource,
        summary=f"server certificate {name} {verb} {format_day(certificate.expires_at)}",
        severity=severity,
        commands=(
            aws("iam get-server-certificate", server_certificate_name=name),
            aws("iam delete-server-certificate", server_certificate_name=name),
        ),
        data={"expires_at": format_time(certificate.expires_at)},
    )
