from rolecall.checks.keys.password_and_access_keys import password_and_access_keys
from rolecall.model.severity import Severity
from tests.builders import KEY_ID, access_key, account, held, password, user


def evidence_for(**fields):
    alice = user("alice", policies=(held("s3:GetObject"),), **fields)
    return password_and_access_keys.judge(account(alice), {})


def test_flags_a_user_with_a_password_and_an_active_key():
    [evidence] = evidence_for(password=password(), keys=[access_key()])

    assert evidence.summary == f"user alice has a console password and access key {KEY_ID}"
    assert evidence.severity is Severity.MEDIUM
    assert evidence.commands[-1].endswith("delete-login-profile --user-name alice")


def test_is_one_finding_for_two_keys():
    [evidence] = evidence_for(
        password=password(), keys=[access_key(), access_key(number=2, id="AKIAI44QH8DHBEXAMPLE")]
    )

    assert evidence.data["access_key_ids"] == [KEY_ID, "AKIAI44QH8DHBEXAMPLE"]


def test_accepts_a_password_alone_and_a_key_alone():
    assert not evidence_for(password=password())
    assert not evidence_for(keys=[access_key()])


def test_accepts_a_password_beside_a_deactivated_key():
    assert not evidence_for(password=password(), keys=[access_key(active=False)])


def test_is_worse_for_an_administrator():
    alice = user(password=password(), keys=[access_key()], policies=(held("*"),))

    [evidence] = password_and_access_keys.judge(account(alice), {})

    assert evidence.severity is Severity.HIGH
