import pytest

from rolecall.checks.trust.saml_audience import saml_audience
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, account, held, role, trust_of

PROVIDER = {"Federated": f"arn:aws:iam::{ACCOUNT}:saml-provider/people"}
SIGN_IN = "https://signin.aws.amazon.com/saml"


def evidence_for(condition=None, principal=PROVIDER):
    trusting = role(trust=trust_of(principal, condition), policies=(held("s3:GetObject"),))
    return saml_audience.judge(account(roles=[trusting]), {})


@pytest.mark.parametrize(
    "condition",
    [
        None,
        {"StringLike": {"SAML:aud": "*"}},
        {"StringNotEquals": {"SAML:aud": "https://example.com"}},
        {"StringEquals": {"SAML:namequalifier": "people"}},
    ],
)
def test_flags_a_role_for_assertions_made_for_anyone(condition):
    [evidence] = evidence_for(condition)

    assert evidence.severity is Severity.MEDIUM
    assert "SAML provider people" in evidence.summary


@pytest.mark.parametrize("key", ["SAML:aud", "saml:aud"])
def test_accepts_an_audience(key):
    assert not evidence_for({"StringEquals": {key: SIGN_IN}})


def test_leaves_other_providers_alone():
    assert not evidence_for(principal={"Federated": "accounts.google.com"})
