from datetime import timedelta

from rolecall.checks.keys.server_certificate_expiry import server_certificate_expiry
from rolecall.model.account_settings import ServerCertificate
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, NOW, account, days_ago


def evidence_for(expires_at, **parameters):
    certificate = ServerCertificate(
        name="www.example.com",
        arn=f"arn:aws:iam::{ACCOUNT}:server-certificate/www.example.com",
        uploaded_at=days_ago(300),
        expires_at=expires_at,
    )
    return server_certificate_expiry.judge(account(server_certificates=(certificate,)), parameters)


def test_flags_a_certificate_at_the_second_of_its_end():
    [evidence] = evidence_for(NOW)

    assert evidence.summary == "server certificate www.example.com expired on 2026-11-23"
    assert evidence.severity is Severity.HIGH


def test_warns_before_the_end():
    [evidence] = evidence_for(NOW + timedelta(seconds=1))

    assert evidence.summary == "server certificate www.example.com expires on 2026-11-23"
    assert evidence.severity is Severity.MEDIUM


def test_warns_a_month_before_and_not_a_second_sooner():
    assert evidence_for(NOW + timedelta(days=30))
    assert not evidence_for(NOW + timedelta(days=30, seconds=1))


def test_follows_the_configured_warning():
    assert evidence_for(NOW + timedelta(days=60), warn_days=60)
