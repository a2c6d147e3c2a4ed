from rolecall.checks.root.root_without_mfa import root_without_mfa
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, account, password, root


def evidence_for(**fields):
    return root_without_mfa.judge(account(root=root(**fields)), {})


def test_flags_a_root_user_without_mfa():
    [evidence] = evidence_for(password=password(), mfa=False)

    assert evidence.summary == f"the root user of {ACCOUNT} can sign in without MFA"
    assert root_without_mfa.severity is Severity.CRITICAL


def test_accepts_a_root_user_with_mfa():
    assert not evidence_for(password=password(), mfa=True)


def test_accepts_a_root_user_who_has_nothing_to_sign_in_with():
    assert not evidence_for(password=None, mfa=False)


def test_says_nothing_where_the_root_user_was_not_read():
    assert not root_without_mfa.judge(account(), {})
