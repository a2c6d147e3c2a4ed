from dataclasses import replace

from rolecall.checks.keys.signing_certificate import signing_certificate
from rolecall.model.completeness import Part
from rolecall.model.credentials import Credentials
from rolecall.model.other_credentials import SigningCertificate
from rolecall.model.settings import Settings
from rolecall.model.severity import Severity
from rolecall.services.judge import judge
from tests.builders import account, days_ago, held, user


def evidence_for(*certificates):
    credentials = Credentials(signing_certificates=certificates)
    alice = user("alice", credentials=credentials, policies=(held("ec2:DescribeInstances"),))
    return signing_certificate.judge(account(alice), {})


UPLOADED_AT = days_ago(5000)


def certificate(number=1, *, active=True, uploaded_at=UPLOADED_AT):
    return SigningCertificate(number=number, is_active=active, uploaded_at=uploaded_at)


def test_flags_an_active_certificate():
    [evidence] = evidence_for(certificate())

    assert evidence.summary == "user alice has an active signing certificate of 2013-03-16"
    assert evidence.severity is Severity.HIGH


def test_flags_one_that_the_report_does_not_date():
    [evidence] = evidence_for(certificate(uploaded_at=None))

    assert evidence.summary == "user alice has an active signing certificate"


def test_accepts_a_deactivated_certificate():
    assert not evidence_for(certificate(active=False))


def test_tells_two_certificates_apart():
    evidence = evidence_for(certificate(), certificate(2, uploaded_at=days_ago(4000)))

    assert len({each.occasion for each in evidence}) == 2


def test_an_owner_who_cannot_be_read_today_is_not_nobody():
    holder = user("alice", credentials=Credentials(signing_certificates=(certificate(),)))
    owned = account(replace(holder, tags={"Owner": "alice@example.com"}))
    [before] = judge(owned, (signing_certificate,), Settings(), "test").findings
    blind = account(holder, lacking=(Part.AUTHORIZATION_DETAILS,)).remembering([before])

    [now] = judge(blind, (signing_certificate,), Settings(), "test").findings

    assert now.evidence["owner"] == before.evidence["owner"] == "alice@example.com"
