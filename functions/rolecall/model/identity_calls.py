"""The calls that identity services are known to have; `tools.identity_calls` writes the lists."""

from functools import cache
from pathlib import Path

SOURCES = tuple(
    f"{service}.amazonaws.com"
    for service in (
        *("access-analyzer", "account", "iam", "identitystore", "organizations", "rolesanywhere"),
        *("signin", "sso", "sso-directory", "sts"),
    )
)
"""The identity services, as CloudTrail calls them."""

READING = (
    "GenerateCredentialReport",
    "GenerateOrganizationsAccessReport",
    "GetAccountAuthorizationDetails",
)
"""The calls of IAM that tell of all users, roles and policies at once."""


@cache
def known_calls() -> frozenset[str]:
    """Return the names; those of all services together, for some record calls for one another."""
    return _lines("identity_calls.txt")


@cache
def unnamed_changes() -> frozenset[str]:
    """Return service and name, such as `iam TagRole`, of the changes that no detection names."""
    return _lines("unnamed_identity_changes.txt")


def _lines(name: str) -> frozenset[str]:
    return frozenset(Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines())
