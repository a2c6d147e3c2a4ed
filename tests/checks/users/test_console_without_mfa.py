from rolecall.checks.users.console_without_mfa import console_without_mfa
from rolecall.model.completeness import Part
from rolecall.model.severity import Severity
from tests.builders import access_key, account, held, password, user

READER = (held("s3:GetObject"),)


def evidence_for(**fields):
    return console_without_mfa.judge(account(user("alice", **{"policies": READER, **fields})), {})


def test_flags_a_console_user_without_mfa():
    [evidence] = evidence_for(password=password())

    assert evidence.summary == "user alice has a console password and no MFA device"
    assert evidence.severity is Severity.HIGH


def test_accepts_a_console_user_with_mfa():
    assert not evidence_for(password=password(), mfa=True)


def test_ignores_a_user_without_password():
    assert not evidence_for(keys=[access_key()])


def test_says_nothing_of_a_user_whose_credentials_were_not_read():
    assert not evidence_for(credentials=None)


def test_an_administrator_without_mfa_is_critical_and_the_finding_says_why():
    [evidence] = evidence_for(password=password(), policies=(held("*"),))

    assert evidence.severity is Severity.CRITICAL
    assert evidence.data["severity_because"] == ["user alice is an administrator"]


def test_a_user_whose_rights_are_not_known_is_judged_as_the_rule_says():
    alice = user("alice", password=password())

    [evidence] = console_without_mfa.judge(account(alice, lacking={Part.AUTHORIZATION_DETAILS}), {})

    assert evidence.severity is Severity.HIGH


def test_an_administrator_by_two_policies_is_one_and_a_deny_makes_it_none():
    split = (held(["iam:Attach*", "iam:Create*"]), held(["iam:Put*", "iam:Update*"]))
    denied = (held("*"), held("iam:*", effect="Deny"))

    [by_two] = evidence_for(password=password(), policies=split)
    [none] = evidence_for(password=password(), policies=denied)

    assert by_two.severity is Severity.CRITICAL
    assert none.severity is Severity.HIGH


def test_an_administrator_through_a_group_is_one():
    [evidence] = evidence_for(password=password(), policies=(held("*", group="admins"),))

    assert evidence.severity is Severity.CRITICAL
