"""IAM Roles Anywhere: whose certificates open roles."""

from rolecall.model.detection_row import About, Case, Row
from rolecall.model.severity import Severity

_SOURCE = "rolesanywhere.amazonaws.com"
_GUIDE = "https://docs.aws.amazon.com/rolesanywhere/latest/userguide"
_STRATUS = (
    "https://stratus-red-team.cloud/attack-techniques/AWS/"
    "aws.persistence.rolesanywhere-create-trust-anchor/"
)

ROWS = (
    Row(
        id="trust-anchor-changed",
        title="A trust anchor of Roles Anywhere was made or changed",
        severity=Severity.HIGH,
        source=_SOURCE,
        calls={
            "CreateTrustAnchor": "made trust anchor {name} ({source.sourceType})",
            "DeleteTrustAnchor": "deleted trust anchor {trustAnchorId}",
            "DisableTrustAnchor": "disabled trust anchor {trustAnchorId}",
            "EnableTrustAnchor": "enabled trust anchor {trustAnchorId}",
            "UpdateTrustAnchor": "changed trust anchor {trustAnchorId} ({source.sourceType})",
        },
        about=About("Other", "trust-anchor/{trustAnchorId}", service="rolesanywhere"),
        cases=(
            Case(severity=Severity.LOW, calls=("DeleteTrustAnchor", "DisableTrustAnchor")),
            # The key of such an authority is in the account, where calls on it are recorded.
            Case(
                severity=Severity.MEDIUM,
                parameter="source.sourceType",
                values=("AWS_ACM_PCA",),
            ),
        ),
        why=(
            "Whoever holds the key of the certificate authority makes certificates that open roles,"
            " from anywhere and for as long as they like. It takes no user and no key of AWS."
        ),
        remediation=(
            "Ask whose certificate authority it is. If nobody knows: disable the anchor (aws"
            " rolesanywhere disable-trust-anchor), and look at the sessions of CreateSession."
        ),
        references=(f"{_GUIDE}/getting-started.html", _STRATUS),
        attack=("T1098", "T1606"),
        false_positives=("Servers outside AWS that get roles for the first time.",),
    ),
    Row(
        id="roles-anywhere-profile-changed",
        title="A profile of Roles Anywhere was made or changed",
        severity=Severity.HIGH,
        source=_SOURCE,
        calls={
            "CreateProfile": "made profile {name} for roles {roleArns}",
            "DeleteAttributeMapping": "took a mapping from profile {profileId}",
            "DeleteProfile": "deleted profile {profileId}",
            "DisableProfile": "disabled profile {profileId}",
            "EnableProfile": "enabled profile {profileId}",
            "PutAttributeMapping": "changed which fields of certificates profile {profileId} maps",
            "UpdateProfile": "changed profile {profileId}",
        },
        about=About("Other", "profile/{profileId}", service="rolesanywhere"),
        cases=(Case(severity=Severity.LOW, calls=("DeleteProfile", "DisableProfile")),),
        why=(
            "The profile says which roles certificates open, and which policy limits the sessions."
        ),
        remediation=(
            "See that the profile names the roles that its servers need and no other, with the"
            " session policy that was agreed on."
        ),
        references=(f"{_GUIDE}/getting-started.html",),
        attack=("T1098",),
        false_positives=("Servers outside AWS that get another role.",),
    ),
    Row(
        id="certificate-revocation-weakened",
        title="Certificates of Roles Anywhere are revoked no longer, or others are",
        severity=Severity.HIGH,
        source=_SOURCE,
        calls={
            "DeleteCrl": "deleted revocation list {crlId}",
            "DisableCrl": "disabled revocation list {crlId}",
            "EnableCrl": "enabled revocation list {crlId}",
            "ImportCrl": "imported revocation list {name}",
            "UpdateCrl": "changed revocation list {crlId}",
        },
        about=About("Other", "crl/{crlId}", service="rolesanywhere"),
        cases=(Case(severity=Severity.LOW, calls=("EnableCrl", "ImportCrl", "UpdateCrl")),),
        why="A certificate that was stolen and revoked opens its role again.",
        remediation=(
            "Import and enable the authority's current list. If nobody planned the change: look at"
            " the sessions that revoked certificates had since."
        ),
        references=(f"{_GUIDE}/trust-model.html",),
        attack=("T1562",),
        false_positives=("A list that is imported anew when its term is over.",),
    ),
)
