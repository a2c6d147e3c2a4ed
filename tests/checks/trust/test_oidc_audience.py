import pytest

from rolecall.checks.trust.oidc_audience import oidc_audience
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, account, held, role, trust_of

GITHUB = "token.actions.githubusercontent.com"
COGNITO = "cognito-identity.amazonaws.com"
POOL = "eu-west-1:0f1e2d3c-pool"


def evidence_for(provider, condition):
    own = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{provider}"
    trust = trust_of({"Federated": own if provider == GITHUB else provider}, condition)
    trusting = role(trust=trust, policies=(held("s3:GetObject"),))
    return oidc_audience.judge(account(roles=[trusting]), {})


def test_grades_low_where_iam_keeps_a_list_of_audiences():
    [evidence] = evidence_for(GITHUB, {"StringEquals": {f"{GITHUB}:sub": "repo:acme/app:x"}})

    assert evidence.severity is Severity.LOW


@pytest.mark.parametrize(
    "condition",
    [{"StringEquals": {f"{GITHUB}:aud": "sts.amazonaws.com"}}],
)
def test_accepts_an_audience(condition):
    assert not evidence_for(GITHUB, condition)


@pytest.mark.parametrize(
    "condition",
    [
        {"StringLike": {f"{GITHUB}:aud": "*"}},
        {"StringNotEquals": {f"{GITHUB}:aud": "evil"}},
        {"StringEquals": {"gitlab.com:aud": "sts.amazonaws.com"}},
    ],
)
def test_does_not_count_an_audience_that_says_nothing(condition):
    assert evidence_for(GITHUB, condition)


@pytest.mark.parametrize("provider", ["www.amazon.com", "graph.facebook.com"])
def test_takes_the_application_for_the_audience(provider):
    assert not evidence_for(provider, {"StringEquals": {f"{provider}:app_id": "amzn1.app"}})
    assert evidence_for(provider, {"StringLike": {f"{provider}:app_id": "*"}})


@pytest.mark.parametrize(
    ("claim", "severity"),
    [("sub", Severity.MEDIUM), ("email", Severity.MEDIUM), ("amr", Severity.HIGH)],
)
def test_grades_lower_where_one_person_is_named(claim, severity):
    google = "accounts.google.com"

    [evidence] = evidence_for(google, {"StringEquals": {f"{google}:{claim}": "108765432"}})

    assert evidence.severity is severity


def test_finds_a_role_for_anybodys_identity_pool():
    [evidence] = evidence_for(
        COGNITO, {"ForAnyValue:StringLike": {f"{COGNITO}:amr": "authenticated"}}
    )

    assert evidence.severity is Severity.HIGH


@pytest.mark.parametrize(
    "amr",
    [
        {},
        {"ForAnyValue:StringLike": {f"{COGNITO}:amr": "unauthenticated"}},
        {"ForAllValues:StringLike": {f"{COGNITO}:amr": "authenticated"}},
    ],
)
def test_tells_of_guests_of_a_pool(amr):
    [evidence] = evidence_for(COGNITO, {"StringEquals": {f"{COGNITO}:aud": POOL}, **amr})

    assert "guests" in evidence.summary
    assert evidence.severity is Severity.MEDIUM


def test_accepts_those_of_a_pool_who_signed_in():
    assert not evidence_for(
        COGNITO,
        {
            "StringEquals": {f"{COGNITO}:aud": POOL},
            "ForAnyValue:StringLike": {f"{COGNITO}:amr": "authenticated"},
        },
    )
