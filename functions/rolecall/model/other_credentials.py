"""The credentials that people forget: SSH keys, service-specific ones, signing certificates."""

from dataclasses import dataclass
from datetime import datetime

from rolecall.model.timestamps import format_time


@dataclass(frozen=True, slots=True, kw_only=True)
class SSHKey:
    """A public key with which a user reaches CodeCommit."""

    id: str
    is_active: bool
    uploaded_at: datetime

    @property
    def made_at(self) -> datetime:
        """When the key was uploaded."""
        return self.uploaded_at

    @property
    def occasion(self) -> str:
        """What tells the key's findings from those of other credentials."""
        return self.id

    def __str__(self) -> str:
        """Name the key as a person would."""
        return f"SSH key {self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceSpecificCredential:
    """A user name and password, or an API key, for one service alone."""

    service: str
    """Service principal, such as `bedrock.amazonaws.com`."""
    name: str
    """The user name that the service knows, or the alias of an API key."""
    id: str
    is_active: bool
    created_at: datetime
    expires_at: datetime | None = None

    @property
    def made_at(self) -> datetime:
        """When the credential was made."""
        return self.created_at

    @property
    def occasion(self) -> str:
        """What tells the credential's findings from those of others."""
        return self.id

    def __str__(self) -> str:
        """Name the credential as a person would."""
        return f"{self.service.partition('.')[0]} credential {self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningCertificate:
    """An X.509 certificate that signs SOAP requests; the report numbers it and dates it."""

    number: int
    is_active: bool
    uploaded_at: datetime | None = None
    """None where the report does not date it."""

    @property
    def made_at(self) -> datetime | None:
        """When the certificate was uploaded."""
        return self.uploaded_at

    @property
    def occasion(self) -> str:
        """What tells the certificate's findings from those of the other one."""
        return f"certificate {format_time(self.uploaded_at) if self.uploaded_at else self.number}"

    def __str__(self) -> str:
        """Name the certificate by its number."""
        return f"signing certificate {self.number}"
