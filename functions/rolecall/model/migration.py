"""What takes the place of long-lived credentials, and how to get there."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from rolecall.model.creators import Creator
from rolecall.model.principals import User
from rolecall.model.severity import Severity


class Way(StrEnum):
    """What a user has instead of a password or a key."""

    NOTHING = "nothing"
    IDENTITY_CENTER = "IAM Identity Center"
    OIDC = "a role for OIDC"
    COMPUTE_ROLE = "a role of the instance, task or function"
    ROLES_ANYWHERE = "IAM Roles Anywhere"
    SHORT_TERM_KEYS = "short-term Bedrock API keys"
    UNKNOWN = "a role"
    """Where the program runs decides which kind of role, and nothing tells where it runs."""

    @property
    def page(self) -> str:
        """Where AWS explains it."""
        return _PAGES[self]


_DOCS = "https://docs.aws.amazon.com"
_GUIDE = f"{_DOCS}/IAM/latest/UserGuide"
_PAGES = {
    Way.NOTHING: f"{_GUIDE}/id_credentials_finding-unused.html",
    Way.IDENTITY_CENTER: f"{_DOCS}/singlesignon/latest/userguide/getting-started.html",
    Way.OIDC: f"{_GUIDE}/id_roles_providers_create_oidc.html",
    Way.COMPUTE_ROLE: f"{_GUIDE}/id_roles_use_switch-role-ec2.html",
    Way.ROLES_ANYWHERE: f"{_DOCS}/rolesanywhere/latest/userguide/introduction.html",
    Way.SHORT_TERM_KEYS: f"{_DOCS}/bedrock/latest/userguide/api-keys.html",
    Way.UNKNOWN: f"{_GUIDE}/id_credentials_temp.html",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One user's way from long-lived credentials to temporary ones."""

    user: User
    account_id: str
    has: tuple[str, ...]
    """The user's credentials that work today, in words."""
    since: datetime
    """When the oldest of them was made."""
    way: Way
    because: str
    """What speaks for this way."""
    urgency: Severity
    urgent_because: tuple[str, ...] = ()
    commands: tuple[str, ...] = ()
    is_person: bool = False
    creator: Creator | None = None
    """Who made the user; None where nothing tells."""
