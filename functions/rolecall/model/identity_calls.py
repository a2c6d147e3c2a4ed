"""The calls that identity services are known to have; `tools.identity_calls` writes the list."""

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


@cache
def known_calls() -> frozenset[str]:
    """Return the names; those of all services together, for some record calls for one another."""
    path = Path(__file__).with_name("identity_calls.txt")
    return frozenset(path.read_text(encoding="utf-8").split())
