from dataclasses import replace

from rolecall.checks.account.coverage_gap import coverage_gap
from rolecall.model.account import Gap
from rolecall.model.organization import MemberAccount
from rolecall.model.rule import AUDITS
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, ORGANIZATION, account, days_ago

DENIED = Gap("credential-report", "iam:GetCredentialReport", "AccessDenied: not authorized")


def test_names_the_account_the_call_and_the_error():
    [evidence] = coverage_gap.judge(account(gaps=(DENIED,)), {})

    assert evidence.summary == (
        f"account {ACCOUNT}: credential-report is not known:"
        " iam:GetCredentialReport: AccessDenied: not authorized"
    )


def test_is_silent_when_everything_was_read():
    assert not coverage_gap.judge(account(), {})


def test_is_more_severe_when_nothing_could_be_read():
    total = Gap("account", "sts:AssumeRole", "AccessDenied", is_total=True)

    [evidence] = coverage_gap.judge(account(gaps=(total,)), {})

    assert evidence.severity is Severity.HIGH


def test_tells_two_gaps_apart():
    other = Gap("access-key-ids", "iam:ListAccessKeys", "Throttling")

    first, second = coverage_gap.judge(account(gaps=(DENIED, other)), {})

    assert first.occasion != second.occasion


def test_runs_in_every_audit():
    assert coverage_gap.audits == frozenset(AUDITS)


def joined(moment, *gaps):
    accounts = {ACCOUNT: MemberAccount(id=ACCOUNT, joined_at=moment)}
    return account(gaps=gaps, organization=replace(ORGANIZATION, accounts=accounts))


def test_gives_an_account_that_has_just_joined_time_and_says_when_it_did():
    total = Gap("account", "sts:AssumeRole", "AccessDenied", is_total=True)

    [early] = coverage_gap.judge(joined(days_ago(1), total), {})
    [late] = coverage_gap.judge(joined(days_ago(1, seconds=1), total), {})
    [patient] = coverage_gap.judge(joined(days_ago(2), total), {"max_new_days": 2})

    assert (early.severity, late.severity) == (Severity.INFORMATIONAL, Severity.HIGH)
    assert f"account {ACCOUNT} (joined on 2026-11-22): account is not known" in early.summary
    assert patient.severity is Severity.INFORMATIONAL
    assert early.occasion == late.occasion


def test_a_single_part_is_missed_in_a_new_account_as_in_any_other():
    [evidence] = coverage_gap.judge(joined(days_ago(0), DENIED), {})

    assert evidence.severity is None
    assert "joined" not in evidence.summary
