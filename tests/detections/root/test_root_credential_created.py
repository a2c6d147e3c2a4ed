import pytest

from rolecall.detections.root.root_credential_created import root_credential_created
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, event, role_identity, root_identity, user_identity


def judged(name="CreateAccessKey", *, actor=None, **fields):
    return root_credential_created.judge(event(name, actor=actor or root_identity(), **fields), {})


def test_a_key_of_the_root_user_is_told():
    [evidence] = judged(response={"accessKey": {"accessKeyId": "AKIAIOSFODNN7EXAMPLE"}})

    assert evidence.severity is Severity.CRITICAL
    assert evidence.data == {"access_key_id": "AKIAIOSFODNN7EXAMPLE"}
    assert evidence.summary == (
        f"the root user of {ACCOUNT} gave an access key to the root user of {ACCOUNT}"
    )


def test_the_consoles_own_mark_does_not_hide_it():
    assert judged(actor=root_identity(invokedBy="signin.amazonaws.com"))


def test_a_session_of_the_management_account_is_told():
    session = {**root_identity(), "type": "AssumedRoot"}

    [evidence] = judged("CreateLoginProfile", actor=session)

    assert evidence.severity is Severity.CRITICAL


def test_a_second_factor_is_less():
    [evidence] = judged("EnableMFADevice")

    assert evidence.severity is Severity.MEDIUM


def test_what_root_gives_to_a_user_is_told_elsewhere():
    assert not judged(request={"userName": "bob"})


@pytest.mark.parametrize("actor", [user_identity("alice"), role_identity()])
def test_others_make_keys_for_themselves(actor):
    assert not judged(actor=actor)


def test_a_refused_attempt_is_quiet():
    assert not judged(error="AccessDenied")
