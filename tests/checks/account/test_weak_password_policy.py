from dataclasses import replace

import pytest

from rolecall.checks.account.weak_password_policy import weak_password_policy
from rolecall.model.account_settings import PasswordPolicy
from rolecall.model.severity import Severity
from tests.builders import access_key, account, password, user

STRONG = PasswordPolicy(
    minimum_length=14,
    requires_symbols=True,
    requires_numbers=True,
    requires_uppercase=True,
    requires_lowercase=True,
    max_age_days=90,
    reuse_prevention=24,
    lets_users_change=True,
)


def evidence_for(parameters=None, *, of=None, **changes):
    snapshot = account(of or user(password=password()), password_policy=replace(STRONG, **changes))
    return weak_password_policy.judge(snapshot, parameters or {})


def test_accepts_a_policy_on_the_limits():
    assert not evidence_for()


@pytest.mark.parametrize(
    ("change", "words", "severity"),
    [
        ({"minimum_length": 13}, "accepts 13 characters (wanted: 14)", Severity.MEDIUM),
        ({"requires_symbols": False}, "asks for no symbols", Severity.MEDIUM),
        ({"requires_numbers": False}, "asks for no numbers", Severity.MEDIUM),
        ({"requires_uppercase": False}, "asks for no uppercase", Severity.MEDIUM),
        ({"requires_lowercase": False}, "asks for no lowercase", Severity.MEDIUM),
        ({"reuse_prevention": 23}, "remembers 23 of the last 24 passwords", Severity.LOW),
        ({"reuse_prevention": 0}, "remembers none of the last 24 passwords", Severity.LOW),
        (
            {"max_age_days": 91},
            "lets passwords expire after 91 days (wanted: 90 days)",
            Severity.LOW,
        ),
        ({"max_age_days": 0}, "lets passwords expire never (wanted: 90 days)", Severity.LOW),
    ],
)
def test_flags_each_weakness_just_beyond_its_limit(change, words, severity):
    [evidence] = evidence_for(**change)

    assert evidence.summary == f"the password policy of account 111122223333 {words}"
    assert evidence.severity is severity


def test_tells_of_all_weaknesses_in_one_finding_and_mends_them_in_one_command():
    [evidence] = evidence_for(minimum_length=8, requires_symbols=False, reuse_prevention=0)

    assert len(evidence.data["weaknesses"]) == 3
    assert evidence.commands[0] == (
        "aws iam update-account-password-policy --minimum-password-length 14 --require-symbols"
        " --require-numbers --require-uppercase-characters --require-lowercase-characters"
        " --allow-users-to-change-password --max-password-age 90 --password-reuse-prevention 24"
    )


def test_the_command_keeps_what_is_stronger_than_wanted():
    [evidence] = evidence_for(minimum_length=20, max_age_days=30, requires_symbols=False)

    assert "--minimum-password-length 20" in evidence.commands[0]
    assert "--max-password-age 30" in evidence.commands[0]


def test_the_last_command_brings_the_old_policy_back():
    [evidence] = evidence_for(reuse_prevention=5, is_hard_expiry=True)

    assert evidence.commands[1].startswith("# undo: aws iam update-account-password-policy")
    assert "--hard-expiry" in evidence.commands[1]
    assert evidence.commands[1].endswith("--password-reuse-prevention 5")


def test_asks_nothing_where_nobody_has_a_password():
    assert not evidence_for(of=user(keys=[access_key()]), minimum_length=6)


def test_leaves_an_account_without_a_policy_to_its_own_rule():
    assert not evidence_for(is_set=False, minimum_length=8)


def test_follows_the_configured_limits():
    assert not evidence_for({"max_age_days": 1096}, max_age_days=0)
    assert not evidence_for({"max_age_days": 1096}, max_age_days=180)
    assert not evidence_for({"required_classes": ()}, requires_symbols=False)
    assert evidence_for({"min_characters": 16})
