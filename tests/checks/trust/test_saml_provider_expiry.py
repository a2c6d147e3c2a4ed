import pytest

from rolecall.checks.trust.saml_provider_expiry import saml_provider_expiry
from rolecall.model.account_settings import IdentityProvider, ProviderKind
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, account, days_ago


def evidence_for(valid_until, kind=ProviderKind.SAML, **parameters):
    provider = IdentityProvider(
        arn=f"arn:aws:iam::{ACCOUNT}:saml-provider/people", kind=kind, valid_until=valid_until
    )
    return saml_provider_expiry.judge(account(identity_providers=(provider,)), parameters)


@pytest.mark.parametrize(
    ("days", "severity"), [(1, Severity.MEDIUM), (0, Severity.MEDIUM), (-30, Severity.LOW)]
)
def test_tells_before_and_after(days, severity):
    [evidence] = evidence_for(days_ago(days))

    assert evidence.severity is severity


def test_says_the_day():
    [evidence] = evidence_for(days_ago(1))

    assert evidence.summary.endswith(f"expired on {days_ago(1).date()}")


@pytest.mark.parametrize("valid_until", [days_ago(-31), None])
def test_leaves_alone_what_is_valid_and_what_nobody_knows(valid_until):
    assert not evidence_for(valid_until)


def test_can_warn_earlier():
    assert evidence_for(days_ago(-60), warn_days=90)
