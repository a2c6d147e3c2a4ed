from rolecall.checks.users.console_without_mfa import console_without_mfa
from tests.builders import access_key, account, password, user


def evidence_for(**fields):
    return console_without_mfa.judge(account(user("alice", **fields)), {})


def test_flags_a_console_user_without_mfa():
    [evidence] = evidence_for(password=password())

    assert evidence.summary == "user alice has a console password and no MFA device"


def test_accepts_a_console_user_with_mfa():
    assert not evidence_for(password=password(), mfa=True)


def test_ignores_a_user_without_password():
    assert not evidence_for(keys=[access_key()])


def test_says_nothing_of_a_user_whose_credentials_were_not_read():
    assert not evidence_for(credentials=None)
