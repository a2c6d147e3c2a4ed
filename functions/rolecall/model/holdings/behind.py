"""Who can become a role, at a glance, as its trust policy names them."""

from rolecall.model.evidence import Json
from rolecall.model.principals import Role, User
from rolecall.model.trust import trusted_parties

_CI_ISSUERS = (
    "token.actions.githubusercontent.com",
    "gitlab.com",
    "oidc.circleci.com",
    "api.bitbucket.org",
    "agent.buildkite.com",
    "app.terraform.io",
    "vstoken.dev.azure.com",
)
"""Issuers of the tokens that builds sign in with, by the host in the provider's ARN."""
_CI_SERVICES = ("codebuild.amazonaws.com", "codepipeline.amazonaws.com")


def behind_role(role: Role) -> dict[str, tuple[str, ...]]:
    """Return whom the trust policy names, by kind: AWS, Service, Federated, CanonicalUser or *."""
    if "behind" not in role.trust.remembered:
        found: dict[str, set[str]] = {}
        for party in trusted_parties(role.trust):
            found.setdefault(party.principal.kind, set()).add(party.principal.value)
        named = {kind: tuple(sorted(values)) for kind, values in sorted(found.items())}
        role.trust.remembered["behind"] = named
    behind: dict[str, tuple[str, ...]] = role.trust.remembered["behind"]
    return behind


def assumed_by(principal: User | Role) -> dict[str, Json]:
    """Return whom a role's trust policy names, as data; nothing for a user."""
    behind = behind_role(principal) if isinstance(principal, Role) else {}
    return {kind: list(names) for kind, names in behind.items()}


def builds_behind(principal: User | Role) -> tuple[str, ...]:
    """Return the services and issuers in whose name builds become the principal."""
    behind = behind_role(principal) if isinstance(principal, Role) else {}
    issuers = [each.partition(":oidc-provider/")[2] for each in behind.get("Federated", ())]
    of_issuers = [each for each in issuers if each.startswith(_CI_ISSUERS)]
    return (*of_issuers, *(s for s in behind.get("Service", ()) if s in _CI_SERVICES))
