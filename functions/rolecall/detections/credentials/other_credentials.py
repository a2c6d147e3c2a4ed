"""Credentials beside passwords and access keys, and certificates."""

from rolecall.model.detection_row import About, Case, Row
from rolecall.model.severity import Severity

_SOURCE = "iam.amazonaws.com"
_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide"
_USER = About("AwsIamUser", "user/{userName}")

ROWS = (
    Row(
        id="service-specific-credential-made",
        title="A user got a credential for one service",
        severity=Severity.HIGH,
        source=_SOURCE,
        calls={
            "CreateServiceSpecificCredential": (
                "made user {userName} a credential for {serviceName}"
            ),
            "ResetServiceSpecificCredential": (
                "had a new password made for credential {serviceSpecificCredentialId} of a user"
            ),
            "UpdateServiceSpecificCredential": (
                "made credential {serviceSpecificCredentialId} of a user {status}"
            ),
        },
        about=_USER,
        cases=(
            Case(severity=Severity.INFORMATIONAL, parameter="status", values=("Inactive",)),
            # Repositories of code only.
            Case(severity=Severity.MEDIUM, parameter="serviceName", values=("codecommit*",)),
        ),
        why=(
            "An API key of Bedrock or CloudWatch, or a password for Keyspaces, works from anywhere"
            " without a signature, and many are made without an end. Hardly anybody looks at them"
            " when keys are rotated."
        ),
        remediation=(
            "Ask the actor what needs it: roles reach all of these services without one. If nobody"
            " can say: delete it, and look at what the service was asked to do."
        ),
        references=(
            f"{_GUIDE}/id_credentials_bedrock.html",
            f"{_GUIDE}/id_credentials_service-specific-creds.html",
        ),
        attack=("T1098.001",),
        false_positives=("Developers who try out Bedrock with an API key.",),
    ),
    Row(
        id="ssh-public-key-uploaded",
        title="A user got an SSH key",
        severity=Severity.LOW,
        source=_SOURCE,
        calls={
            "UploadSSHPublicKey": "gave user {userName} an SSH public key",
            "UpdateSSHPublicKey": "made SSH public key {sSHPublicKeyId} of {userName} {status}",
        },
        about=_USER,
        cases=(
            Case(severity=Severity.INFORMATIONAL, parameter="status", values=("Inactive",)),
            Case(severity=Severity.MEDIUM, of_another=True),
        ),
        why=(
            "Whoever has the private half reads and writes the user's repositories in CodeCommit,"
            " from anywhere. For somebody else's user that is a way in."
        ),
        remediation=(
            "Ask the user whether the key is theirs. If not: delete it, and look at what was pushed"
            " and fetched since."
        ),
        references=(f"{_GUIDE}/id_credentials_ssh-keys.html",),
        attack=("T1098.004",),
        false_positives=("Developers with repositories in CodeCommit.",),
    ),
    Row(
        id="signing-certificate-uploaded",
        title="A user got a signing certificate",
        severity=Severity.HIGH,
        source=_SOURCE,
        calls={
            "UploadSigningCertificate": "gave user {userName} a signing certificate",
            "UpdateSigningCertificate": "made certificate {certificateId} of {userName} {status}",
        },
        about=_USER,
        cases=(Case(severity=Severity.INFORMATIONAL, parameter="status", values=("Inactive",)),),
        why=(
            "A certificate signs requests of old kinds as an access key does, and nobody has made"
            " one for years: it is where no one looks."
        ),
        remediation=(
            "Ask the actor what needs it. If nobody can say: delete the certificate, and look at"
            " what else was done for the user."
        ),
        references=(f"{_GUIDE}/id_credentials_certs.html",),
        attack=("T1098.001",),
        false_positives=("Software from before 2015 that still signs with certificates.",),
    ),
    Row(
        id="server-certificate-changed",
        title="A server certificate in IAM was changed",
        severity=Severity.LOW,
        source=_SOURCE,
        calls={
            "UploadServerCertificate": "uploaded server certificate {serverCertificateName}",
            "UpdateServerCertificate": "renamed server certificate {serverCertificateName}",
            "DeleteServerCertificate": "deleted server certificate {serverCertificateName}",
        },
        about=About("AwsIamServerCertificate", "server-certificate/{serverCertificateName}"),
        why=(
            "A load balancer shows it to the world: with another one, somebody else can read along."
            " Certificate Manager renews certificates, IAM does not."
        ),
        remediation=(
            "Ask who looks after the load balancers. If nobody planned it: put the old certificate"
            " back, and see which names the new one is for."
        ),
        references=(f"{_GUIDE}/id_credentials_server-certs.html",),
        attack=("T1588.004",),
        false_positives=("Renewals, where certificates are still kept in IAM.",),
    ),
    Row(
        id="other-credential-removed",
        title="An SSH key, a certificate or a credential for one service was removed",
        severity=Severity.INFORMATIONAL,
        refused=None,
        source=_SOURCE,
        calls={
            "DeleteSSHPublicKey": "deleted SSH public key {sSHPublicKeyId} of user {userName}",
            "DeleteSigningCertificate": "deleted a signing certificate of user {userName}",
            "DeleteServiceSpecificCredential": (
                "deleted service-specific credential {serviceSpecificCredentialId}"
            ),
        },
        about=_USER,
        why="It is what one wants; kept so that a broken program is explained.",
        remediation="Nothing, as a rule. Where something stopped working: here is who and when.",
        references=(f"{_GUIDE}/id_credentials_service-specific-creds.html",),
        attack=("T1531",),
        false_positives=("Everybody who cleans up.",),
    ),
)
