"""TLS certificates whose private key may have leaked through Heartbleed."""

from collections.abc import Iterator
from datetime import UTC, datetime

from rolecall.model.account import Account
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time

_DISCLOSED_AT = datetime(2014, 4, 8, tzinfo=UTC)
"""The day after Heartbleed (CVE-2014-0160) was disclosed: until then no server was patched."""


@Check(
    id="server-certificate-before-heartbleed",
    title="No server certificate is older than Heartbleed",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.SERVER_CERTIFICATES}),
    remediation=(
        "Take the key for lost: have the certificate revoked, and use one of AWS Certificate"
        " Manager with a new key instead. Then delete this one."
    ),
    references=("https://nvd.nist.gov/vuln/detail/CVE-2014-0160",),
)
def server_certificate_before_heartbleed(account: Account) -> Iterator[Evidence]:
    """Servers of that time gave away parts of their memory, private keys among them.

    What was uploaded before 2014-04-08 was in use on such servers, as far as anybody can tell.
    """
    for certificate in account.server_certificates:
        if certificate.uploaded_at < _DISCLOSED_AT:
            name = certificate.name
            yield Evidence(
                resource=certificate.resource,
                summary=f"server certificate {name} was uploaded on"
                f" {format_day(certificate.uploaded_at)}, before Heartbleed was known",
                commands=(aws("iam delete-server-certificate", server_certificate_name=name),),
                data={"uploaded_at": format_time(certificate.uploaded_at)},
            )
