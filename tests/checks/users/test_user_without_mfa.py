from rolecall.checks.users.user_without_mfa import user_without_mfa
from rolecall.model.severity import Severity
from tests.builders import KEY_ID, access_key, account, held, password, user

READER = (held("s3:GetObject"),)


def evidence_for(**fields):
    ci = user("ci", **{"keys": [access_key()], "policies": READER, **fields})
    return user_without_mfa.judge(account(ci), {})


def test_flags_a_user_with_a_key_and_no_mfa():
    [evidence] = evidence_for()

    assert evidence.summary == f"user ci has access key {KEY_ID} and no MFA device"
    assert evidence.severity is Severity.LOW


def test_an_administrator_with_a_key_and_no_mfa_is_critical():
    [evidence] = evidence_for(policies=(held("*"),))

    assert evidence.severity is Severity.CRITICAL
    assert evidence.data["severity_because"] == ["user ci is an administrator"]


def test_accepts_a_user_with_mfa():
    assert not evidence_for(mfa=True)


def test_leaves_console_users_to_their_own_rule():
    assert not evidence_for(password=password())


def test_ignores_a_user_who_could_not_get_in_anyhow():
    assert not evidence_for(keys=[access_key(active=False)])
    assert not evidence_for(keys=[])


def test_says_nothing_of_a_user_whose_credentials_were_not_read():
    assert not evidence_for(credentials=None)
