import pytest

from rolecall.checks.trust.oidc_subject import oidc_subject
from rolecall.model.organization import Guardrails
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from tests.builders import ACCOUNT, account, held, role, trust_of

GITHUB = "token.actions.githubusercontent.com"
BITBUCKET = "api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc"
CIRCLECI = "oidc.circleci.com/org/0f1e2d3c"
EKS = "oidc.eks.eu-west-1.amazonaws.com/id/0A1B2C3D"
SPACELIFT = "acme.app.spacelift.io"
REPOSITORY = "{0f1e2d3c-repository}"


def evidence_for(provider, condition=None):
    arn = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{provider}"
    federated = arn if "." in provider and provider not in BUILT_IN else provider
    trust = trust_of({"Federated": federated}, condition)
    trust["Statement"][0]["Action"] = "sts:AssumeRoleWithWebIdentity"
    trusting = role("deploy", trust=trust, policies=(held("s3:GetObject"),))
    return oidc_subject.judge(account(roles=[trusting]), {})


BUILT_IN = ("accounts.google.com", "cognito-identity.amazonaws.com")


def like(provider, subject, claim="sub"):
    return {"StringLike": {f"{provider}:{claim}": subject}}


@pytest.mark.parametrize(
    ("provider", "subject", "words"),
    [
        (GITHUB, "repo:acme/*", "any branch of any repository of organization acme"),
        (GITHUB, "repo:acme/app-*:*", "any branch of any repository like app-* of organization"),
        (GITHUB, "repository_owner:acme", "any repository of acme"),
        (GITHUB, "repo:acme/${aws:RequestTag/app}:*", "any repository of organization acme"),
        (GITHUB, "job_workflow_ref:acme/ci/.github/x.yml@*", "whatever repository calls"),
        (f"{GITHUB}/octo", "repo:*", "any branch of any repository of the enterprise"),
        ("token.actions.octo.ghe.com", "*", "any branch of any repository of the enterprise"),
        (
            "gitlab.com",
            "project_path:acme/*:ref_type:branch:ref:main",
            "branch main of any project",
        ),
        (BITBUCKET, "*", "any pipeline of any repository of the workspace"),
        (CIRCLECI, "org/0f1e2d3c/project/*", "any project of organization 0f1e2d3c"),
        ("app.terraform.io", "organization:acme:*", "any project of organization acme"),
        ("agent.buildkite.com", "organization:acme:*", "any pipeline of organization acme"),
        (EKS, "system:serviceaccount:*:deploy", "any service account of the cluster"),
        ("oidc.vercel.com/acme", "owner:acme:*", "any project of team acme"),
        (SPACELIFT, "*", "any stack of the Spacelift account"),
        ("sts.windows.net/11112222-tenant/", "*", "any application or user of the tenant"),
    ],
)
def test_explains_what_a_whole_organization_gets(provider, subject, words):
    [evidence] = evidence_for(provider, like(provider.rstrip("/"), subject))

    assert words in evidence.summary
    assert evidence.severity is Severity.MEDIUM


@pytest.mark.parametrize(
    ("provider", "subject", "words"),
    [
        (GITHUB, "repo:acme/app:*", "any branch, tag or pull request of repository acme/app"),
        (GITHUB, "repo:acme/app:pull_request", "any pull request of repository acme/app"),
        (GITHUB, "repo:acme/app:ref:refs/heads/*", "any branch of repository acme/app"),
        ("gitlab.com", "project_path:acme/app:*", "any branch or tag of project acme/app"),
        ("gitlab.com", "project_path:acme/app:ref_type:tag:ref:v*", "any tag like v* of project"),
        (
            "gitlab.com",
            "project_path:acme/app:ref_type:*:ref:main",
            "branch or tag main of project acme/app",
        ),
        (BITBUCKET, f"{REPOSITORY}:*", f"any step of repository {REPOSITORY}"),
        (BITBUCKET, f"{REPOSITORY}*:*", f"any step of repository {REPOSITORY}"),
        (CIRCLECI, "org/0f1e2d3c/project/9a8b/user/*", "any user of project 9a8b"),
        (
            CIRCLECI,
            "org/0f1e2d3c/project/9a8b/user/*/vcs-origin/*/vcs-ref/*",
            "any user of project 9a8b",
        ),
        (
            GITHUB,
            "job_workflow_ref:acme/ci/.github/workflows/x.yml@refs/heads/main",
            "whatever repository calls the workflow acme/ci/.github/workflows/x.yml@",
        ),
        (
            "app.terraform.io",
            "organization:acme:project:web:workspace:*",
            "any workspace of project web of organization acme",
        ),
        (EKS, "system:serviceaccount:shop:*", "any service account of namespace shop"),
        (SPACELIFT, "space:shop:*", "any stack of space shop"),
    ],
)
def test_explains_what_a_whole_project_gets(provider, subject, words):
    [evidence] = evidence_for(provider, like(provider, subject))

    assert words in evidence.summary
    assert evidence.severity is Severity.LOW


@pytest.mark.parametrize(
    ("provider", "subject"),
    [
        (GITHUB, "repo:acme/app:ref:refs/heads/main"),
        (GITHUB, "repo:acme/app:environment:production"),
        ("gitlab.com", "project_path:acme/app:ref_type:branch:ref:main"),
        (BITBUCKET, f"{REPOSITORY}:{{0f1e-step}}"),
        (CIRCLECI, "org/0f1e2d3c/project/9a8b/user/7c6d/vcs-origin/x/vcs-ref/refs/heads/main"),
        (CIRCLECI, "org/0f1e2d3c/project/9a8b/user/7c6d"),
        ("app.terraform.io", "organization:acme:project:web:workspace:shop:run_phase:apply"),
        ("oidc.vercel.com/acme", "owner:acme:project:shop:environment:production"),
        (EKS, "system:serviceaccount:shop:checkout"),
        (SPACELIFT, "space:shop:stack:net:run_type:TRACKED:scope:write"),
    ],
)
def test_accepts_what_names_one(provider, subject):
    assert not evidence_for(provider, {"StringEquals": {f"{provider}:sub": subject}})


@pytest.mark.parametrize(
    ("provider", "condition"),
    [
        (GITHUB, None),
        (GITHUB, {"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}}),
        (GITHUB, like(GITHUB, "repo:*")),
        (GITHUB, like(GITHUB, "repo:acme*")),
        (GITHUB, like(GITHUB, "*/app:*")),
        (GITHUB, like(GITHUB, "repo:acme/app:ref:refs/heads/main") | like(GITHUB, "*")),
        (GITHUB, {"StringNotLike": {f"{GITHUB}:sub": "repo:evil/*"}}),
        (GITHUB, {"StringEquals": {f"{GITHUB}:ref": "refs/heads/main"}}),
        (GITHUB, {"StringEquals": {f"{GITHUB}:actor": "octocat"}}),
        ("oidc.vercel.com", {"StringEquals": {"oidc.vercel.com:aud": "https://example.com"}}),
        ("oidc.vercel.com", {"StringLike": {"oidc.vercel.com:aud": "https://vercel.com/*"}}),
        (GITHUB, {"StringEquals": {f"{GITHUB}:sub": "workflow:deploy:repo:acme/app"}}),
        (GITHUB, {"StringEquals": {f"{GITHUB}:sub": ["repo:acme/app:pull_request", "ref:main"]}}),
        ("gitlab.com", like("gitlab.com", "project_path:*:ref_type:branch:ref:main")),
        ("app.terraform.io", like("app.terraform.io", "organization:*:workspace:prod")),
        ("agent.buildkite.com", None),
        ("accounts.google.com", None),
        ("cognito-identity.amazonaws.com", None),
    ],
)
def test_finds_what_everybody_gets(provider, condition):
    [evidence] = evidence_for(provider, condition)

    assert evidence.severity is Severity.CRITICAL


def test_takes_the_narrowest_of_several_conditions():
    both = {
        "StringLike": {f"{GITHUB}:sub": "repo:acme/*"},
        "StringEquals": {f"{GITHUB}:job_workflow_ref": "acme/ci/.github/workflows/x.yml@main"},
    }

    assert not evidence_for(GITHUB, both)


def test_reads_a_deny_of_all_other_subjects():
    trust = trust_of({"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{GITHUB}"})
    only = {"StringNotEquals": {f"{GITHUB}:sub": "repo:acme/app:environment:production"}}
    trust["Statement"] += trust_of("*", only, effect="Deny")["Statement"]
    for statement in trust["Statement"]:
        statement["Action"] = "sts:AssumeRoleWithWebIdentity"

    assert not oidc_subject.judge(account(roles=[role(trust=trust)]), {})


@pytest.mark.parametrize(
    ("subject", "severity"),
    [("repo:acme*", Severity.MEDIUM), ("repo:acme/app:*", Severity.LOW)],
)
def test_tells_of_a_wildcard_that_is_taken_literally(subject, severity):
    [evidence] = evidence_for(GITHUB, {"StringEquals": {f"{GITHUB}:sub": subject}})

    assert "as it is written" in evidence.summary
    assert evidence.severity is severity


def test_knows_nothing_of_an_unknown_issuer_but_what_the_subject_says():
    [evidence] = evidence_for("login.example.com")

    assert "whoever gets a token of login.example.com" in evidence.summary
    assert evidence.severity is Severity.MEDIUM


def test_calls_tokens_that_a_guardrail_refuses_blocked():
    trust = trust_of({"Federated": f"arn:aws:iam::{ACCOUNT}:oidc-provider/{GITHUB}"})
    denial = {"Effect": "Deny", "Principal": "*", "Resource": "*"}
    refusing = {**denial, "Action": "sts:AssumeRoleWithWebIdentity"}
    guard = Policy.parse({"Version": "2012-10-17", "Statement": refusing}, name="guard")
    within = account(roles=[role(trust=trust)], guardrails=Guardrails(rcps=((guard,),)))

    [evidence] = oidc_subject.judge(within, {})

    assert evidence.verdict == "blocked"
    assert evidence.severity is Severity.INFORMATIONAL


def test_a_claim_that_no_token_has_limits_nobody_where_it_may_be_absent():
    provider = "token.actions.githubusercontent.com"
    never_sent = {f"{provider}/acme:sub": "repo:acme/app:environment:prod"}

    [evidence] = evidence_for(provider, {"StringEqualsIfExists": never_sent})

    assert evidence.severity is Severity.CRITICAL


@pytest.mark.parametrize("detail", [{"ref": "refs/heads/main"}, {"environment": "production"}])
def test_one_branch_of_a_repository_may_be_told_by_two_claims(detail):
    both = {"repository": "acme/app", **detail}

    assert not evidence_for(
        GITHUB, {"StringEquals": {f"{GITHUB}:{claim}": value for claim, value in both.items()}}
    )


@pytest.mark.parametrize(
    "beside",
    [{}, {"StringLike": {f"{GITHUB}:ref": "refs/heads/*"}}],
)
def test_a_repository_without_one_branch_is_a_whole_project(beside):
    named = {"StringEquals": {f"{GITHUB}:repository": "acme/app"}}

    [evidence] = evidence_for(GITHUB, named | beside)

    assert "any branch, tag or pull request of repository acme/app" in evidence.summary
    assert evidence.severity is Severity.LOW


def test_one_environment_of_bitbucket_is_one():
    assert not evidence_for(BITBUCKET, like(BITBUCKET, f"{REPOSITORY}:{{0f1e-environment}}:*"))


def test_one_branch_of_circleci_is_one_whoever_pushes_to_it():
    main = "org/0f1e2d3c/project/9a8b/user/*/vcs-origin/x/vcs-ref/refs/heads/main"

    assert not evidence_for(CIRCLECI, like(CIRCLECI, main))


def test_the_audience_of_vercels_common_issuer_names_the_team():
    acme = {"StringEquals": {"oidc.vercel.com:aud": "https://vercel.com/acme"}}

    [evidence] = evidence_for("oidc.vercel.com", acme)

    assert "any project of team acme" in evidence.summary
    assert evidence.severity is Severity.MEDIUM


@pytest.mark.parametrize("subject", ["", "Repo:acme/app:*"])
def test_tells_of_a_subject_that_nobody_has(subject):
    [evidence] = evidence_for(GITHUB, like(GITHUB, subject))

    assert "for nobody, because no" in evidence.summary
    assert "as a pattern" not in evidence.summary
    assert evidence.severity is Severity.LOW


def test_reads_a_subject_whose_case_does_not_count():
    folded = {"StringEqualsIgnoreCase": {f"{GITHUB}:sub": "Repo:Acme/App:environment:prod"}}

    assert not evidence_for(GITHUB, folded)


def test_one_identity_pool_is_all_that_a_role_can_name():
    pool = {"StringEquals": {"cognito-identity.amazonaws.com:aud": "eu-west-1:0f1e-pool"}}

    assert not evidence_for("cognito-identity.amazonaws.com", pool)
