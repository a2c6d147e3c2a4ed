"""Mistakes that other monitors make about users and accounts, each as a test."""

from rolecall.catalog import CHECKS
from rolecall.checks.account.support_role import support_role
from rolecall.checks.account.weak_password_policy import weak_password_policy
from rolecall.checks.users.console_never_used import console_never_used
from rolecall.checks.users.console_without_mfa import console_without_mfa
from rolecall.checks.users.missing_tags import missing_tags
from rolecall.model.account_settings import PasswordPolicy
from rolecall.model.credentials import UNKNOWN_USE, Password
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, access_key, account, days_ago, held, password, role, user


def test_trap_an_api_error_is_never_evidence():
    nothing_known = Password(last_use=UNKNOWN_USE, changed_at=days_ago(4000))

    assert not console_never_used.judge(account(user(password=nothing_known, days_old=4000)), {})


def test_trap_a_user_who_never_signed_in_does_not_pass_for_active():
    newcomer = user(password=password(days_old=100), days_old=100)

    assert console_never_used.judge(account(newcomer), {})


def test_trap_policies_of_groups_count_for_administrators():
    inherited = held("*", group="admins")

    [evidence] = console_without_mfa.judge(
        account(user(password=password(), policies=(inherited,))), {}
    )

    assert evidence.severity is Severity.CRITICAL


def test_trap_an_administrator_by_two_policies_is_one():
    first = held(["iam:Attach*", "iam:Create*"], name="first")
    second = held(["iam:Put*", "iam:Update*"], name="second")

    [evidence] = console_without_mfa.judge(
        account(user(password=password(), policies=(first, second))), {}
    )

    assert evidence.severity is Severity.CRITICAL


def test_trap_a_deny_in_another_policy_makes_the_administrator_none():
    deny = held("iam:*", name="deny", effect="Deny")

    [evidence] = console_without_mfa.judge(
        account(user(password=password(), policies=(held("*"), deny))), {}
    )

    assert evidence.severity is Severity.HIGH


def test_trap_zero_days_of_expiry_are_no_short_expiry():
    never_expires = PasswordPolicy(minimum_length=20, max_age_days=0)

    [evidence] = weak_password_policy.judge(
        account(user(password=password()), password_policy=never_expires),
        {"required_classes": (), "min_remembered_passwords": 0},
    )

    assert evidence.data["weaknesses"] == ["lets passwords expire never (wanted: 90 days)"]


def test_trap_a_user_newer_than_the_credential_report_is_not_one_without_credentials():
    newer = user(credentials=None, days_old=4000, tags={"owner": "alice@example.com"})

    findings = [
        evidence
        for check in CHECKS
        if check.id.startswith(("console-", "user-without-mfa", "password-", "long-lived"))
        for evidence in check.judge(account(newer), {})
    ]

    assert not findings


def test_trap_other_partitions_have_other_arns():
    [evidence] = support_role.judge(account(partition="aws-cn"), {})

    assert "arn:aws-cn:iam::aws:policy/AWSSupportAccess" in evidence.commands[0]


def test_trap_what_aws_provisions_is_not_held_against_you():
    reserved = role(
        "AWSReservedSSO_Admin_0123",
        arn=f"arn:aws:iam::{ACCOUNT}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123",
    )

    assert not missing_tags.judge(account(roles=[reserved]), {"required_tags": ("team",)})


def test_trap_every_documented_parameter_is_read():
    thief = user(keys=[access_key()], password=password(days_old=20), days_old=20)

    assert not console_never_used.judge(account(thief), {})
    assert console_never_used.judge(account(thief), {"max_unused_days": 19, "grace_days": 19})
    assert not console_never_used.judge(account(thief), {"max_unused_days": 19, "grace_days": 20})
