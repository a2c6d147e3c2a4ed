import pytest

from rolecall.model.federation.issuers import ISSUERS, issuer_of
from rolecall.model.federation.subjects import Width


@pytest.mark.parametrize(
    ("provider", "name"),
    [
        ("token.actions.githubusercontent.com", "GitHub Actions"),
        ("token.actions.githubusercontent.com/acme", "GitHub Actions"),
        ("gitlab.com", "GitLab"),
        ("gitlab.example.com", "GitLab of one's own"),
        ("api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc", "Bitbucket"),
        ("oidc.circleci.com/org/0f1e", "CircleCI"),
        ("app.terraform.io", "HCP Terraform"),
        ("agent.buildkite.com", "Buildkite"),
        ("oidc.eks.eu-west-1.amazonaws.com/id/0A1B", "Amazon EKS"),
        ("container.googleapis.com/v1/projects/p/locations/l/clusters/c", "Google Kubernetes"),
        ("oidc.vercel.com/acme", "Vercel"),
        ("accounts.google.com", "Google"),
        ("sts.windows.net/0f1e/", "Microsoft Entra ID"),
        ("cognito-identity.amazonaws.com", "Cognito identity pool"),
        ("acme.app.spacelift.io", "Spacelift"),
        ("acme.eu.auth0.com/", "Auth0"),
        ("acme.okta.com", "Okta"),
        ("graph.facebook.com", "Facebook"),
        ("www.amazon.com", "Login with Amazon"),
    ],
)
def test_knows_an_issuer_by_its_address(provider, name):
    assert issuer_of(provider).name.startswith(name)


@pytest.mark.parametrize(
    "provider", ["gitlab.com.example.com", "evil-token.actions.githubusercontent.com"]
)
def test_is_not_taken_in_by_an_address_that_looks_alike(provider):
    assert issuer_of(provider).name not in ("GitLab", "GitHub Actions")


@pytest.mark.parametrize("issuer", ISSUERS, ids=lambda issuer: issuer.name)
def test_every_issuer_says_who_gets_its_tokens_and_where_that_is_written(issuer):
    assert issuer.anybody
    assert issuer.source.startswith("https://")
    assert issuer.hosts


@pytest.mark.parametrize("issuer", ISSUERS, ids=lambda issuer: issuer.name)
def test_no_subject_admits_more_than_get_tokens_at_all(issuer):
    assert issuer.subject("sub", "*").width <= issuer.width
    assert issuer.subject("sub", "something-*").width is not Width.NOBODY
