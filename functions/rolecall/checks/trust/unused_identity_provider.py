"""Identity providers that no role trusts."""

from collections.abc import Iterator

from rolecall.model.account import Account
from rolecall.model.account_settings import IdentityProvider, ProviderKind
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.trust import trusted_parties


@Check(
    id="unused-identity-provider",
    title="Identity providers are trusted by some role",
    severity=Severity.LOW,
    needs=frozenset({Part.AUTHORIZATION_DETAILS, Part.IDENTITY_PROVIDERS}),
    remediation=(
        "Delete the provider. It is made again in a minute when a role needs it, by somebody who"
        " then looks at what its tokens say."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers.html",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html",
    ),
)
def unused_identity_provider(account: Account) -> Iterator[Evidence]:
    """A provider that nobody needs is half of a way in: one edit of a trust policy is the other.

    Identity Center's own provider, which it keeps while there are no roles, is left alone.
    """
    trusted = {
        party.principal.value for role in account.roles for party in trusted_parties(role.trust)
    }
    for provider in account.identity_providers:
        if provider.arn in trusted or provider.name.startswith("AWSSSO_"):
            continue
        yield Evidence(
            resource=provider.resource,
            summary=f"no role trusts the {provider.kind} provider {provider.name}",
            commands=(_delete(provider),),
            data={"provider": provider.name, "kind": provider.kind},
        )


def _delete(provider: IdentityProvider) -> str:
    if provider.kind is ProviderKind.SAML:
        return aws("iam delete-saml-provider", saml_provider_arn=provider.arn)
    return aws("iam delete-open-id-connect-provider", open_id_connect_provider_arn=provider.arn)
