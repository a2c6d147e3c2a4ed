import pytest

from rolecall.checks.trust.trust_without_external_id import trust_without_external_id
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, FOREIGN, HUB, account, held, role, trust_of


def evidence_for(principal, condition=None, **parameters):
    trusting = role(trust=trust_of(principal, condition), policies=(held("s3:GetObject"),))
    return trust_without_external_id.judge(account(roles=[trusting]), parameters)


def test_flags_a_foreign_account_that_needs_nothing():
    [evidence] = evidence_for({"AWS": FOREIGN})

    assert evidence.severity is Severity.MEDIUM
    assert "neither an external id nor MFA" in evidence.summary


@pytest.mark.parametrize(
    "condition",
    [
        {"StringEquals": {"sts:ExternalId": "f2a7c1d0-12aa"}},
        {"Bool": {"aws:MultiFactorAuthPresent": "true"}},
        {"NumericLessThan": {"aws:MultiFactorAuthAge": "3600"}},
    ],
)
def test_accepts_either(condition):
    assert not evidence_for({"AWS": FOREIGN}, condition)


@pytest.mark.parametrize(
    "condition",
    [
        {"BoolIfExists": {"aws:MultiFactorAuthPresent": "true"}},
        {"StringEqualsIfExists": {"sts:ExternalId": "f2a7c1d0-12aa"}},
        {"StringLike": {"sts:ExternalId": "*"}},
    ],
)
def test_does_not_count_what_need_not_be_there(condition):
    assert evidence_for({"AWS": FOREIGN}, condition)


def test_counts_a_deny_without_the_external_id():
    trust = trust_of({"AWS": FOREIGN})
    secret = {"StringNotEquals": {"sts:ExternalId": "f2a7c1d0-12aa"}}
    trust["Statement"] += trust_of({"AWS": FOREIGN}, secret, effect="Deny")["Statement"]

    assert not trust_without_external_id.judge(account(roles=[role(trust=trust)]), {})


@pytest.mark.parametrize("own", [ACCOUNT, HUB])
def test_leaves_the_organization_alone(own):
    assert not evidence_for({"AWS": own})


def test_accepts_listed_accounts():
    assert not evidence_for({"AWS": FOREIGN}, trusted_accounts=(FOREIGN,))
