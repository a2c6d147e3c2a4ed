"""Tokens of the services that build and deploy, but GitHub's."""

import re

from rolecall.model.federation.issuer import Issuer
from rolecall.model.federation.subjects import Field, Subject, Width, by_fields, is_open


def _bitbucket(text: str) -> Subject:
    """Read `{repository}:{step}` or `{repository}:{environment}:{step}`; braces end an id."""
    repository, *rest = text.replace("}*", "}").split(":")
    if is_open(repository):
        return Subject(Width.ORGANIZATION, "any pipeline of any repository of the workspace")
    if not rest or is_open(rest[0]):
        return Subject(Width.PROJECT, f"any step of repository {repository}")
    return Subject(Width.ONE, f"{rest[0]} of repository {repository}")


_REF_TYPE = re.compile(r":ref_type:([^:]*)")


def _gitlab(text: str) -> Subject:
    found = _REF_TYPE.search(text)
    kind = found[1] if found else ""
    is_known = not is_open(kind)
    read = by_fields(
        Field("project_path", "project", Width.EVERYBODY, is_path=True),
        Field("ref", kind if is_known else "branch or tag", Width.PROJECT),
    )
    subject = read(_REF_TYPE.sub("", text))
    return subject if is_known else Subject(max(subject.width, Width.PROJECT), subject.words)


_CIRCLECI = by_fields(
    Field("org", "organization", Width.ORGANIZATION),
    Field("project", "project", Width.ORGANIZATION),
    Field("user", "user", Width.PROJECT),
    separator="/",
)


def _circleci(text: str) -> Subject:
    """Read who ran what; the longer form of the subject says of which branch or tag, too."""
    first, _, origin = text.partition("/vcs-origin/")
    ref = origin.partition("/vcs-ref/")[2]
    subject = _CIRCLECI(first)
    if subject.width is Width.PROJECT and not is_open(ref):
        return Subject(Width.ONE, f"{ref} by {subject.words}")
    return subject


def _team_of_audience(text: str) -> Subject:
    """Read the audience, which the issuer of all teams sets: https://vercel.com/docs/oidc."""
    start, _, team = text.partition("https://vercel.com/")
    if start or is_open(team):
        return Subject(Width.EVERYBODY, "any project of any team on Vercel")
    return Subject(Width.ORGANIZATION, f"any project of team {team}")


GITLAB = Issuer(
    name="GitLab",
    hosts=("gitlab.com",),
    source="https://docs.gitlab.com/ci/cloud_services/aws/",
    anybody="any branch of any project on gitlab.com",
    read=_gitlab,
)
OWN_GITLAB = Issuer(
    name="GitLab of one's own",
    hosts=("gitlab.*", "*.gitlab.*"),
    source=GITLAB.source,
    anybody="any branch of any project of that GitLab",
    width=Width.ORGANIZATION,
    read=_gitlab,
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
    read=_circleci,
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
    claims={"aud": _team_of_audience},
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
