"""What is set for an account as a whole: password policy, contacts, providers, certificates."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rolecall.model.evidence import Resource


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordPolicy:
    """What IAM demands of console passwords; the defaults are AWS's own where none is set.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html
    """

    is_set: bool = True
    """False where AWS's default policy holds."""
    minimum_length: int = 8
    requires_symbols: bool = False
    requires_numbers: bool = False
    requires_uppercase: bool = False
    requires_lowercase: bool = False
    max_age_days: int = 0
    """0: passwords do not expire."""
    reuse_prevention: int = 0
    """How many earlier passwords may not be used again."""
    lets_users_change: bool = False
    is_hard_expiry: bool = False


@dataclass(frozen=True, slots=True)
class Contacts:
    """Which alternate contacts AWS can turn to; who they are is nobody's business here."""

    kinds: frozenset[str] = frozenset()
    """Of SECURITY, BILLING, OPERATIONS: those that are set."""

    @property
    def has_security(self) -> bool:
        """Whether AWS knows whom to tell of an abuse or a leak."""
        return "SECURITY" in self.kinds


class ProviderKind(StrEnum):
    """How an identity provider speaks."""

    SAML = "SAML"
    OIDC = "OIDC"


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityProvider:
    """A provider of federated identities that roles of the account may trust."""

    arn: str
    kind: ProviderKind
    created_at: datetime | None = None
    valid_until: datetime | None = None
    """When a SAML provider's metadata ends; None where that is not known."""

    @property
    def name(self) -> str:
        """The provider's own name: for OIDC its host and path."""
        return self.arn.partition("-provider/")[2]

    @property
    def resource(self) -> Resource:
        """The provider; ASFF has no type of its own for it."""
        return Resource("Other", self.arn)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerCertificate:
    """A TLS certificate that was uploaded to IAM."""

    name: str
    arn: str
    id: str = ""
    uploaded_at: datetime
    expires_at: datetime

    @property
    def resource(self) -> Resource:
        """The certificate; ASFF has no type of its own for it."""
        return Resource("Other", self.arn)
