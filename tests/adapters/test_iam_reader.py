import pytest
from botocore.exceptions import ClientError

from rolecall.adapters.iam_pages import IncompleteAnswerError
from rolecall.adapters.iam_reader import IAMReader
from tests.adapters.iam_answers import report_text
from tests.adapters.iam_stubs import StubbedSession, credential_report
from tests.builders import NOW, days_ago
from tests.fakes import FakeClock


@pytest.fixture
def session():
    return StubbedSession("iam")


@pytest.fixture
def slept():
    return []


@pytest.fixture
def reader(session, slept):
    return IAMReader(session.client("iam"), FakeClock(NOW), slept.append)


def generates(session):
    session.answer("iam", "generate_credential_report", {"State": "STARTED"})


def test_a_report_of_four_hours_is_used_as_it_is(session, reader, slept):
    credential_report(session, report_text(), days_ago(0, hours=4))

    assert reader.credential_report().generated_at == days_ago(0, hours=4)
    session.assert_all_asked()
    assert slept == []


def test_an_older_report_is_renewed(session, reader):
    credential_report(session, report_text(), days_ago(0, hours=4, seconds=1))
    generates(session)
    credential_report(session, report_text(), NOW)

    assert reader.credential_report().generated_at == NOW
    session.assert_all_asked()


@pytest.mark.parametrize("code", ["ReportNotPresent", "ReportExpired"])
def test_a_report_that_is_not_there_is_generated(session, reader, code):
    session.refuse("iam", "get_credential_report", code)
    generates(session)
    credential_report(session, report_text())

    assert reader.credential_report().generated_at == NOW
    session.assert_all_asked()


def test_a_report_in_progress_is_waited_for_longer_and_longer(session, reader, slept):
    session.refuse("iam", "get_credential_report", "ReportNotPresent")
    generates(session)
    for _ in range(3):
        session.refuse("iam", "get_credential_report", "ReportInProgress")
    credential_report(session, report_text())

    reader.credential_report()

    assert slept == [1, 2, 4]


def test_a_report_that_never_comes_is_given_up_within_a_minute(session, reader, slept):
    session.refuse("iam", "get_credential_report", "ReportNotPresent")
    generates(session)
    for _ in range(10):
        session.refuse("iam", "get_credential_report", "ReportInProgress")

    with pytest.raises(IncompleteAnswerError, match="not ready"):
        reader.credential_report()

    assert sum(slept) <= 60


@pytest.mark.parametrize("code", ["AccessDenied", "Throttling", "ServiceFailure"])
def test_an_error_while_waiting_is_not_waited_for(session, reader, slept, code):
    session.refuse("iam", "get_credential_report", "ReportNotPresent")
    generates(session)
    session.refuse("iam", "get_credential_report", code)

    with pytest.raises(ClientError, match=code):
        reader.credential_report()

    assert slept == []


def test_a_report_that_may_not_be_generated_is_an_error_of_that_call(session, reader):
    session.refuse("iam", "get_credential_report", "ReportExpired")
    session.refuse("iam", "generate_credential_report", "AccessDenied")

    with pytest.raises(ClientError, match="GenerateCredentialReport"):
        reader.credential_report()


def test_a_report_generated_by_somebody_else_just_now_is_waited_for(session, reader, slept):
    session.refuse("iam", "get_credential_report", "ReportInProgress")
    generates(session)
    session.refuse("iam", "get_credential_report", "ReportInProgress")
    credential_report(session, report_text())

    reader.credential_report()

    assert slept == [1]


def test_documents_stay_text_until_somebody_reads_them(aws):
    aws.client("iam").create_role(
        RoleName="deploy", AssumeRolePolicyDocument='{"Version": "2012-10-17", "Statement": []}'
    )

    [page] = IAMReader(aws.client("iam"), FakeClock(NOW)).authorization_details()

    [role] = page["RoleDetailList"]
    assert isinstance(role["AssumeRolePolicyDocument"], str)
