"""Tokens of the services that build and deploy, but GitHub's."""

from rolecall.model.federation.issuer import Issuer
from rolecall.model.federation.subjects import Field, Subject, Width, by_fields, is_open


def _bitbucket(text: str) -> Subject:
    repository = text.partition(":")[0]
    if is_open(repository):
        return Subject(Width.ORGANIZATION, "any pipeline of any repository of the workspace")
    rest = text.partition(":")[2]
    width = Width.PROJECT if is_open(rest) else Width.ONE
    which = "any step" if is_open(rest) else rest
    return Subject(width, f"{which} of repository {repository}")


_GITLAB = by_fields(
    Field("project_path", "project", Width.EVERYBODY, is_path=True),
    Field("ref_type", "kind of ref", Width.PROJECT),
    Field("ref", "branch or tag", Width.PROJECT),
)
GITLAB = Issuer(
    name="GitLab",
    hosts=("gitlab.com",),
    source="https://docs.gitlab.com/ci/cloud_services/aws/",
    anybody="any branch of any project on gitlab.com",
    read=_GITLAB,
)
OWN_GITLAB = Issuer(
    name="GitLab of one's own",
    hosts=("gitlab.*", "*.gitlab.*"),
    source=GITLAB.source,
    anybody="any branch of any project of that GitLab",
    width=Width.ORGANIZATION,
    read=_GITLAB,
)
BITBUCKET = Issuer(
    name="Bitbucket Pipelines",
    hosts=("api.bitbucket.org/2.0/workspaces/*",),
    source="https://support.atlassian.com/bitbucket-cloud/docs/deploy-on-aws-using-bitbucket-pipelines-openid-connect/",
    anybody="any pipeline of any repository of the workspace",
    width=Width.ORGANIZATION,
    read=_bitbucket,
)
CIRCLECI = Issuer(
    name="CircleCI",
    hosts=("oidc.circleci.com/org/*",),
    source="https://circleci.com/docs/guides/permissions-authentication/openid-connect-tokens/",
    anybody="any project of the CircleCI organization",
    width=Width.ORGANIZATION,
    read=by_fields(
        Field("org", "organization", Width.ORGANIZATION),
        Field("project", "project", Width.ORGANIZATION),
        Field("user", "user", Width.PROJECT),
        separator="/",
    ),
)
TERRAFORM = Issuer(
    name="HCP Terraform",
    hosts=("app.terraform.io", "app.eu.terraform.io"),
    source="https://developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration",
    anybody="any workspace of any organization on HCP Terraform",
    read=by_fields(
        Field("organization", "organization", Width.EVERYBODY),
        Field("project", "project", Width.ORGANIZATION),
        Field("workspace", "workspace", Width.PROJECT),
        Field("run_phase", "phase", Width.ONE),
    ),
)
BUILDKITE = Issuer(
    name="Buildkite",
    hosts=("agent.buildkite.com",),
    source="https://buildkite.com/docs/pipelines/security/oidc",
    anybody="any pipeline of any organization on Buildkite",
    read=by_fields(
        Field("organization", "organization", Width.EVERYBODY),
        Field("pipeline", "pipeline", Width.ORGANIZATION),
        Field("ref", "branch or tag", Width.PROJECT),
        Field("commit", "commit", Width.ONE),
        Field("step", "step", Width.ONE),
    ),
)
_VERCEL = by_fields(
    Field("owner", "team", Width.EVERYBODY),
    Field("project", "project", Width.ORGANIZATION),
    Field("environment", "environment", Width.PROJECT),
)
VERCEL = Issuer(
    name="Vercel",
    hosts=("oidc.vercel.com",),
    source="https://vercel.com/docs/oidc/aws",
    anybody="any project of any team on Vercel",
    read=_VERCEL,
)
VERCEL_TEAM = Issuer(
    name="Vercel",
    hosts=("oidc.vercel.com/*",),
    source=VERCEL.source,
    anybody="any project of the Vercel team",
    width=Width.ORGANIZATION,
    read=_VERCEL,
)
SPACELIFT = Issuer(
    name="Spacelift",
    hosts=("*.app.spacelift.io", "*.app.us.spacelift.io"),
    source="https://docs.spacelift.io/integrations/cloud-providers/oidc",
    anybody="any stack of the Spacelift account",
    width=Width.ORGANIZATION,
    read=by_fields(
        Field("space", "space", Width.ORGANIZATION),
        Field("stack", "stack", Width.PROJECT),
        Field("run_type", "kind of run", Width.ONE),
        Field("scope", "phase", Width.ONE),
    ),
)
PIPELINES = (
    GITLAB,
    BITBUCKET,
    CIRCLECI,
    TERRAFORM,
    BUILDKITE,
    VERCEL,
    VERCEL_TEAM,
    SPACELIFT,
    OWN_GITLAB,
)
