from datetime import UTC, datetime, timedelta

from rolecall.checks.keys.server_certificate_before_heartbleed import (
    server_certificate_before_heartbleed,
)
from rolecall.model.account_settings import ServerCertificate
from tests.builders import ACCOUNT, account, days_ago

PATCHED = datetime(2014, 4, 8, tzinfo=UTC)


def evidence_for(uploaded_at):
    certificate = ServerCertificate(
        name="www.example.com",
        arn=f"arn:aws:iam::{ACCOUNT}:server-certificate/www.example.com",
        uploaded_at=uploaded_at,
        expires_at=days_ago(-100),
    )
    return server_certificate_before_heartbleed.judge(
        account(server_certificates=(certificate,)), {}
    )


def test_flags_a_certificate_from_before_heartbleed_was_known():
    [evidence] = evidence_for(PATCHED - timedelta(seconds=1))

    assert evidence.summary == (
        "server certificate www.example.com was uploaded on 2014-04-07, before Heartbleed was known"
    )


def test_accepts_a_certificate_from_after():
    assert not evidence_for(PATCHED)
