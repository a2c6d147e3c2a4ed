"""The parts that a snapshot is made of, and how complete each of them is."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self


class Part(StrEnum):
    """What a snapshot is made of; each part can be missing on its own."""

    AUTHORIZATION_DETAILS = "authorization-details"
    CREDENTIAL_REPORT = "credential-report"
    ACCESS_KEY_IDS = "access-key-ids"
    MFA_DEVICES = "mfa-devices"
    NEW_USERS = "new-users"
    """The credentials of users newer than the credential report."""
    SERVICE_SPECIFIC_CREDENTIALS = "service-specific-credentials"
    SSH_KEYS = "ssh-keys"
    SERVER_CERTIFICATES = "server-certificates"
    PASSWORD_POLICY = "password-policy"  # noqa: S105 - the name of a part
    ACCOUNT_SUMMARY = "account-summary"
    CONTACTS = "contacts"
    IDENTITY_PROVIDERS = "identity-providers"
    SERVICE_LAST_ACCESSED = "service-last-accessed"
    ORGANIZATION = "organization"
    """Its id and the ids of its accounts."""
    ORGANIZATION_ACCOUNTS = "organization-accounts"
    """Their names, status and place in the tree."""
    ORGANIZATION_POLICIES = "organization-policies"
    ORGANIZATION_FEATURES = "organization-features"
    DELEGATED_ADMINISTRATORS = "delegated-administrators"
    PEOPLE = "people"
    EARLIER_FINDINGS = "earlier-findings"
    """What the audits before stored: nobody knows it of a file, or without a findings table."""


class State(StrEnum):
    """What became of the reading of a part."""

    PRESENT = "present"
    ABSENT = "absent"
    """Asked for, and the answer was that there is none: that is knowing."""
    DENIED = "denied"
    FAILED = "failed"
    STALE = "stale"
    """Read, but too old to judge by."""
    NOT_ASKED = "not-asked"
    """Switched off, or not in the file: no gap, but nothing to judge either."""


_DENIALS = ("AccessDenied", "UnauthorizedOperation", "not authorized", "explicit deny")
_KNOWN = (State.PRESENT, State.ABSENT)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete one part of a snapshot is."""

    state: State
    reason: str = ""
    """Why it is not there, in AWS's words or ours."""
    call: str = ""
    """The API call that failed."""
    read_at: datetime | None = None

    @classmethod
    def failed(cls, reason: str, call: str) -> Self:
        """Return that a part did not come: denied where AWS's words say so, else failed."""
        is_denied = any(word in reason for word in _DENIALS)
        return cls(State.DENIED if is_denied else State.FAILED, reason, call)

    @property
    def is_known(self) -> bool:
        """Whether rules that need the part may judge."""
        return self.state in _KNOWN

    @property
    def is_gap(self) -> bool:
        """Whether the part was wanted and did not come."""
        return not self.is_known and self.state is not State.NOT_ASKED


PRESENT = Completeness(State.PRESENT)
NOT_ASKED = Completeness(State.NOT_ASKED)
