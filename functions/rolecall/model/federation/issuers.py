"""Every issuer of tokens that is known, and which of them a provider is."""

from functools import cache

from rolecall.model.federation.clusters import CLUSTERS
from rolecall.model.federation.github import GITHUB, GITHUB_ENTERPRISE
from rolecall.model.federation.issuer import Issuer, as_it_is
from rolecall.model.federation.people import PEOPLE
from rolecall.model.federation.pipelines import PIPELINES
from rolecall.model.federation.subjects import Width
from rolecall.policy.wildcards import matches

ISSUERS: tuple[Issuer, ...] = (GITHUB, GITHUB_ENTERPRISE, *CLUSTERS, *PEOPLE, *PIPELINES)


@cache
def issuer_of(provider: str) -> Issuer:
    """Return the issuer of a provider, given by its name; one made up for it when it is unknown."""
    for issuer in ISSUERS:
        if any(matches(host, provider) for host in issuer.hosts):
            return issuer
    return Issuer(
        name=provider,
        hosts=(provider,),
        source="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_oidc.html",
        anybody=f"whoever gets a token of {provider}",
        width=Width.ORGANIZATION,
        read=as_it_is,
    )
