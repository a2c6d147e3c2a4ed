from rolecall.checks.account.password_policy_absent import password_policy_absent
from rolecall.model.account_settings import PasswordPolicy
from tests.builders import access_key, account, password, user

UNSET = PasswordPolicy(is_set=False)


def evidence_for(*users, policy=UNSET, **fields):
    return password_policy_absent.judge(account(*users, password_policy=policy, **fields), {})


def test_flags_console_users_without_a_password_policy():
    [evidence] = evidence_for(user(password=password()))

    assert evidence.summary == "account 111122223333 has console users and no password policy"
    set_policy, undo = evidence.commands
    assert set_policy == (
        "aws iam update-account-password-policy --minimum-password-length 14 --require-symbols"
        " --require-numbers --require-uppercase-characters --require-lowercase-characters"
        " --allow-users-to-change-password --password-reuse-prevention 24"
    )
    assert undo == "# undo: aws iam delete-account-password-policy"


def test_asks_for_no_policy_where_nobody_has_a_password():
    assert not evidence_for(user(keys=[access_key()]))


def test_does_not_take_the_root_user_for_a_console_user():
    assert not evidence_for(root=user(password=password()))


def test_accepts_an_account_with_a_policy():
    assert not evidence_for(user(password=password()), policy=PasswordPolicy())


def test_says_nothing_where_the_policy_is_not_known():
    assert not evidence_for(user(password=password()), policy=None)
