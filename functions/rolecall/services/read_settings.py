"""What is set for an account as a whole, out of IAM's and Account Management's answers."""

from collections.abc import Mapping, Sequence
from typing import Any

from rolecall.model.account_settings import (
    Contacts,
    IdentityProvider,
    PasswordPolicy,
    ProviderKind,
    ServerCertificate,
)
from rolecall.model.service_access import ServiceAccess
from rolecall.services.read_details import moment
from rolecall.services.read_policies import Detail


def read_password_policy(answer: Detail | None) -> PasswordPolicy:
    """Read the PasswordPolicy of GetAccountPasswordPolicy; None says that none is set.

    https://docs.aws.amazon.com/IAM/latest/APIReference/API_PasswordPolicy.html
    """
    if answer is None:
        return PasswordPolicy(is_set=False)
    return PasswordPolicy(
        # IAM's own minimum where a policy is set without one.
        minimum_length=answer.get("MinimumPasswordLength", 6),
        requires_symbols=answer.get("RequireSymbols", False),
        requires_numbers=answer.get("RequireNumbers", False),
        requires_uppercase=answer.get("RequireUppercaseCharacters", False),
        requires_lowercase=answer.get("RequireLowercaseCharacters", False),
        max_age_days=answer.get("MaxPasswordAge", 0),
        reuse_prevention=answer.get("PasswordReusePrevention", 0),
        lets_users_change=answer.get("AllowUsersToChangePassword", False),
        is_hard_expiry=answer.get("HardExpiry", False),
    )


def read_contacts(kinds: Sequence[str]) -> Contacts:
    """Read which alternate contacts are set."""
    return Contacts(frozenset(kinds))


def read_providers(entries: Sequence[Detail]) -> tuple[IdentityProvider, ...]:
    """Read the entries of ListSAMLProviders and ListOpenIDConnectProviders together."""
    return tuple(
        IdentityProvider(
            arn=entry["Arn"],
            kind=ProviderKind.SAML if ":saml-provider/" in entry["Arn"] else ProviderKind.OIDC,
            created_at=moment(entry["CreateDate"]) if entry.get("CreateDate") else None,
            valid_until=moment(entry["ValidUntil"]) if entry.get("ValidUntil") else None,
        )
        for entry in entries
    )


def read_certificates(entries: Sequence[Detail]) -> tuple[ServerCertificate, ...]:
    """Read the ServerCertificateMetadata of ListServerCertificates."""
    return tuple(
        ServerCertificate(
            name=entry["ServerCertificateName"],
            arn=entry["Arn"],
            id=entry.get("ServerCertificateId", ""),
            uploaded_at=moment(entry["UploadDate"]),
            expires_at=moment(entry["Expiration"]),
        )
        for entry in entries
    )


def read_service_access(answer: Mapping[str, Any]) -> dict[str, tuple[ServiceAccess, ...]]:
    """Read the answers of GetServiceLastAccessedDetails by the ARN of the principal.

    An answer may be the whole object or its ServicesLastAccessed alone; a job that did not
    complete tells nothing of its principal.
    """
    return {
        arn: tuple(map(_service_access, _services(each)))
        for arn, each in answer.items()
        if not isinstance(each, Mapping) or each.get("JobStatus", "COMPLETED") == "COMPLETED"
    }


def _services(answer: Any) -> Sequence[Detail]:  # noqa: ANN401 - an object or its list
    services: Sequence[Detail] = (
        answer["ServicesLastAccessed"] if isinstance(answer, Mapping) else answer
    )
    return services


def _service_access(entry: Detail) -> ServiceAccess:
    used = entry.get("LastAuthenticated")
    return ServiceAccess(
        namespace=entry["ServiceNamespace"],
        last_used_at=moment(used) if used else None,
        last_used_by=entry.get("LastAuthenticatedEntity") or "",
        region=entry.get("LastAuthenticatedRegion") or "",
    )
