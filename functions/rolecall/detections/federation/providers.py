"""Identity providers: who may vouch for identities in the account."""

from rolecall.model.detection_row import About, Case, Row
from rolecall.model.severity import Severity

_SOURCE = "iam.amazonaws.com"
_GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide"

ROWS = (
    Row(
        id="saml-provider-changed",
        title="A SAML provider was made, changed or deleted",
        severity=Severity.HIGH,
        source=_SOURCE,
        calls={
            "CreateSAMLProvider": "made SAML provider {name}",
            "DeleteSAMLProvider": "deleted SAML provider {sAMLProviderArn}",
            "UpdateSAMLProvider": "changed SAML provider {sAMLProviderArn}",
        },
        about=About("Other", "{sAMLProviderArn}"),
        cases=(Case(severity=Severity.MEDIUM, calls=("DeleteSAMLProvider",)),),
        why=(
            "Whoever holds the key behind the metadata signs in as anybody whom a role trusts"
            " through the provider. With another certificate in it, that is somebody else."
        ),
        remediation=(
            "Compare the metadata with that of your identity provider. If nobody planned the"
            " change: put the old metadata back, and look at all sessions of AssumeRoleWithSAML"
            " since."
        ),
        references=(
            f"{_GUIDE}/id_roles_providers_create_saml.html",
            "https://attack.mitre.org/techniques/T1606/002/",
        ),
        attack=("T1484.002", "T1606.002"),
        false_positives=("The yearly change of the identity provider's certificate.",),
    ),
    Row(
        id="oidc-provider-changed",
        title="An OIDC provider was made, changed or deleted",
        severity=Severity.HIGH,
        source=_SOURCE,
        calls={
            "AddClientIDToOpenIDConnectProvider": (
                "let provider {openIDConnectProviderArn} vouch for audience {clientID} as well"
            ),
            "CreateOpenIDConnectProvider": "made an OIDC provider of {url}",
            "DeleteOpenIDConnectProvider": "deleted provider {openIDConnectProviderArn}",
            "RemoveClientIDFromOpenIDConnectProvider": (
                "took audience {clientID} from provider {openIDConnectProviderArn}"
            ),
            "UpdateOpenIDConnectProviderThumbprint": (
                "changed the thumbprints of provider {openIDConnectProviderArn}"
            ),
        },
        about=About("Other", "{openIDConnectProviderArn}"),
        cases=(
            Case(
                severity=Severity.MEDIUM,
                calls=("DeleteOpenIDConnectProvider", "RemoveClientIDFromOpenIDConnectProvider"),
            ),
        ),
        why=(
            "Tokens of the issuer open every role that trusts it. An issuer that an intruder runs"
            " makes whatever token is wanted."
        ),
        remediation=(
            "Ask whose issuer it is, and which roles trust it (`rolecall trust`). If nobody knows:"
            " delete the provider, and look at all sessions of AssumeRoleWithWebIdentity since."
        ),
        references=(f"{_GUIDE}/id_roles_providers_create_oidc.html",),
        attack=("T1484.002",),
        false_positives=("A new cluster or a new pipeline, which brings its own issuer.",),
    ),
    Row(
        id="outbound-federation-changed",
        title="Whether the account vouches for identities to others was changed",
        severity=Severity.HIGH,
        source=_SOURCE,
        calls={
            "DisableOutboundWebIdentityFederation": "stopped the account from issuing tokens",
            "EnableOutboundWebIdentityFederation": "let the account issue tokens to others",
        },
        why=(
            "With it, whoever may call sts:GetWebIdentityToken gets tokens that services outside"
            " AWS take for the account's word."
        ),
        remediation=(
            "Ask which service outside takes the tokens. If there is none: switch it off again,"
            " and deny sts:GetWebIdentityToken by an SCP."
        ),
        references=(f"{_GUIDE}/id_roles_providers_outbound.html",),
        attack=("T1550.001",),
        false_positives=("The first workload that signs in to another cloud with its role.",),
    ),
    Row(
        id="identity-provider-tags-changed",
        title="Tags of an identity provider were changed",
        severity=Severity.INFORMATIONAL,
        source=_SOURCE,
        calls={
            "TagOpenIDConnectProvider": "tagged provider {openIDConnectProviderArn}",
            "TagSAMLProvider": "tagged provider {sAMLProviderArn}",
            "UntagOpenIDConnectProvider": "took tags from {openIDConnectProviderArn}",
            "UntagSAMLProvider": "took tags from {sAMLProviderArn}",
        },
        why="Where conditions ask for the tags, who sets them sets rights.",
        remediation="Nothing, where no condition asks for tags of providers.",
        references=(f"{_GUIDE}/id_tags_idps.html",),
        attack=("T1098",),
        false_positives=("Deployments that tag what they make.",),
    ),
)
