from rolecall.checks.keys.iam_users import iam_users
from rolecall.model.severity import Severity
from tests.builders import access_key, account, user


def test_says_once_that_an_account_has_users():
    [evidence] = iam_users.judge(account(user("bob"), user("alice")), {})

    assert evidence.summary == "account 111122223333 has 2 IAM users: alice, bob"
    assert evidence.resource == account().resource
    assert evidence.severity is Severity.LOW


def test_is_worse_where_a_user_can_sign_in():
    [evidence] = iam_users.judge(account(user("alice"), user("bob", keys=[access_key()])), {})

    assert evidence.severity is Severity.MEDIUM
    assert evidence.data == {"users": 2, "users_with_credentials": 1}


def test_accepts_an_account_without_users():
    assert not iam_users.judge(account(), {})


def test_accepts_users_that_are_allowed_by_name_or_pattern():
    snapshot = account(user("break-glass-1"), user("ses-smtp"))

    assert not iam_users.judge(snapshot, {"allowed_users": ("break-glass-*", "ses-smtp")})


def test_does_not_count_the_credentials_of_allowed_users():
    snapshot = account(user("break-glass", keys=[access_key()]), user("alice"))

    [evidence] = iam_users.judge(snapshot, {"allowed_users": ("break-glass",)})

    assert evidence.summary.endswith("1 IAM user: alice")
    assert evidence.severity is Severity.LOW


def test_names_twenty_at_most():
    [evidence] = iam_users.judge(account(*(user(f"u{n:03}") for n in range(30))), {})

    assert evidence.summary.endswith("u018, u019, ...")
    assert "30 IAM users" in evidence.summary
