"""SAML providers whose metadata has expired, or soon will."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from rolecall.model.account import Account
from rolecall.model.account_settings import IdentityProvider, ProviderKind
from rolecall.model.commands import aws
from rolecall.model.completeness import Part
from rolecall.model.evidence import Evidence
from rolecall.model.rule import Check
from rolecall.model.severity import Severity
from rolecall.model.timestamps import format_day, format_time


@Check(
    id="saml-provider-expiry",
    title="The metadata of SAML providers is valid",
    severity=Severity.MEDIUM,
    needs=frozenset({Part.IDENTITY_PROVIDERS}),
    remediation=(
        "Download new metadata from the identity provider and update the provider with it; have"
        " both certificates in it until the identity provider has changed over."
    ),
    references=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml.html",
        "https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetSAMLProvider.html",
    ),
)
def saml_provider_expiry(account: Account, *, warn_days: int = 30) -> Iterator[Evidence]:
    """When it expires nobody signs in any more, and people reach for users and keys instead.

    It is MEDIUM from the moment it expires, LOW in the `warn_days` before.
    """
    for provider in account.identity_providers:
        if provider.kind is not ProviderKind.SAML or provider.valid_until is None:
            continue
        left = provider.valid_until - account.taken_at
        if left <= timedelta(0):
            yield _evidence(provider, provider.valid_until, "expired on", Severity.MEDIUM)
        elif left <= timedelta(days=warn_days):
            yield _evidence(provider, provider.valid_until, "expires on", Severity.LOW)


def _evidence(
    provider: IdentityProvider, ends_at: datetime, verb: str, severity: Severity
) -> Evidence:
    return Evidence(
        resource=provider.resource,
        summary=f"the metadata of SAML provider {provider.name} {verb} {format_day(ends_at)}",
        severity=severity,
        commands=(aws("iam get-saml-provider", saml_provider_arn=provider.arn),),
        data={"provider": provider.name, "valid_until": format_time(ends_at)},
    )
