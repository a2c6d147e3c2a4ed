import json

import pytest

from rolecall import command_parts
from rolecall.catalog import CHECKS, find_rule
from rolecall.cli.audit_report import Reporting, report
from rolecall.cli.options import FailOn, Format
from rolecall.cli.problems import CommandError
from rolecall.model.account import Gap, Part
from rolecall.model.settings import RuleSettings, Settings
from tests.adapters.moto_truth import answer_what_moto_lacks
from tests.builders import FOREIGN, access_key, account, document, held, role, trust_of, user

OLD_KEY = user("alice", keys=[access_key(days_old=100, used=1)])
ADMINISTRATOR = user("mallory", policies=(held("*", name="everything"),))
DENIED = Gap(Part.ORGANIZATION, "organizations:ListAccounts", "AccessDeniedException: no")
ADMIN_DOCUMENT = json.dumps(document("*"))


RULES = ("access-key-rotation", "administrator-access", "coverage-gap", "foreign-account-trust")
FEW = [check for check in CHECKS if check.id in RULES]


def reported(*users, checks=FEW, settings=None, fail_on=FailOn.LOW, named=False, **options):
    output = options.pop("output", Format.TABLE)
    reporting = Reporting(checks, settings or Settings(), output, fail_on, named)
    return report([("", account(*users, **options))], reporting)


def test_findings_are_printed_the_worst_first(capsys):
    code = reported(OLD_KEY, ADMINISTRATOR)

    assert code == 1
    _, first, second, *_ = capsys.readouterr().out.splitlines()
    assert first.split()[:2] == ["CRITICAL", "administrator-access"]
    assert second.split()[:2] == ["MEDIUM", "access-key-rotation"]


def test_the_end_says_what_was_found_and_read(capsys):
    reported(OLD_KEY, ADMINISTRATOR)

    end = capsys.readouterr().out.splitlines()[3:]

    assert end == [
        "",
        "2 findings: 1 CRITICAL, 1 MEDIUM.",
        "",
        "Read       account 111122223333: 2 users, 0 groups, 0 roles",
        "Read more  rolecall explain RULE",
    ]


def test_what_could_not_be_read_is_said_and_not_judged(capsys):
    foreign = role("vendor", trust=trust_of({"AWS": FOREIGN}))

    code = reported(roles=[foreign], organization=None, gaps=(DENIED,))

    out = capsys.readouterr().out
    assert code == 1
    assert "MEDIUM         coverage-gap" in out
    assert (
        "Not read    organization: organizations:ListAccounts: AccessDeniedException: no\n" in out
    )
    assert "Not judged  foreign-account-trust\n" in out


def test_a_clean_account_is_clean(capsys):
    code = reported(user("alice"))

    assert code == 0
    assert capsys.readouterr().out.startswith("No findings.\n")


def test_the_severity_decides_whether_it_fails():
    assert reported(OLD_KEY, fail_on=FailOn.MEDIUM) == 1
    assert reported(OLD_KEY, fail_on=FailOn.HIGH) == 0


def test_a_rule_that_is_switched_off_is_said(capsys):
    off = Settings(rules={"access-key-rotation": RuleSettings(enabled=False)})

    code = reported(OLD_KEY, settings=off)

    assert code == 0
    assert "Switched off  access-key-rotation\n" in capsys.readouterr().out


def test_machines_get_findings_alone(capsys):
    reported(OLD_KEY, ADMINISTRATOR, output=Format.JSONL)

    captured = capsys.readouterr()
    rules = [json.loads(line)["rule"] for line in captured.out.splitlines()]
    assert rules == ["administrator-access", "access-key-rotation"]
    assert captured.err.startswith("2 findings: 1 CRITICAL, 1 MEDIUM.\n")


def test_an_account_of_which_nothing_could_be_read_is_no_result():
    gap = Gap("account", "sts:AssumeRole", "AccessDenied: no", is_total=True)

    with pytest.raises(CommandError, match="nothing of account 111122223333 could be read: sts"):
        reported(gaps=(gap,))


def test_a_named_check_that_could_not_judge_is_no_result():
    checks = [find_rule("foreign-account-trust")]

    with pytest.raises(CommandError, match="not judged for lack of data: foreign-account-trust"):
        reported(checks=checks, named=True, organization=None, gaps=(DENIED,))


def test_reads_and_judges_a_live_account(run, aws, monkeypatch):
    answer_what_moto_lacks(aws)
    monkeypatch.setattr(command_parts, "session", lambda *_: aws)
    iam = aws.client("iam")
    iam.create_user(UserName="mallory")
    iam.put_user_policy(UserName="mallory", PolicyName="all", PolicyDocument=ADMIN_DOCUMENT)

    ran = run("audit", "--check", "administrator-access")

    assert ran.code == 1
    assert "user mallory is an administrator through inline policy all" in ran.out
    assert "Read       account 123456789012: 1 user, 0 groups, 0 roles" in ran.out
    assert ran.err == ""


def test_without_credentials_it_says_how_to_come_by_some(run, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")

    ran = run("audit")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "rolecall: no AWS credentials were found: sign in (`aws sso login`, `aws login`), set"
        " AWS_PROFILE, or name a profile with --profile\n"
    )


def test_a_profile_that_does_not_exist_is_named(run):
    ran = run("audit", "--profile", "nobody")

    assert ran.code == 2
    assert ran.err == (
        "rolecall: the config profile (nobody) could not be found: `aws configure list-profiles`"
        " lists those that exist\n"
    )


def test_an_unknown_check_is_answered_with_those_spelled_alike(run):
    ran = run("audit", "--check", "administrator-acess")

    assert ran.code == 2
    assert "did you mean administrator-access " in ran.err


def test_a_detection_is_no_check(run):
    ran = run("audit", "--check", "root-activity")

    assert ran.code == 2
    assert ran.err == (
        "rolecall: root-activity judges events, not accounts: use `rolecall replay` on CloudTrail"
        " files\n"
    )
