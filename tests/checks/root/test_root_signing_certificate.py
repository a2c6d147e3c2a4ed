import pytest

from rolecall.checks.root.root_signing_certificate import root_signing_certificate
from rolecall.model.other_credentials import SigningCertificate
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, account, days_ago, root


def evidence_for(**fields):
    certificate = SigningCertificate(**{"number": 1, "is_active": True, **fields})
    return root_signing_certificate.judge(
        account(root=root(signing_certificates=(certificate,))), {}
    )


@pytest.mark.parametrize(("uploaded_at", "words"), [(days_ago(6000), " of 2010-06-20"), (None, "")])
def test_flags_an_active_certificate(uploaded_at, words):
    [evidence] = evidence_for(uploaded_at=uploaded_at)

    assert evidence.summary == (
        f"the root user of {ACCOUNT} has an active signing certificate{words}"
    )
    assert root_signing_certificate.severity is Severity.CRITICAL


def test_accepts_a_deactivated_certificate():
    assert not evidence_for(is_active=False)


def test_says_nothing_where_the_root_user_was_not_read():
    assert not root_signing_certificate.judge(account(), {})
