from rolecall.checks.account.coverage_gap import coverage_gap
from rolecall.model.account import Gap
from rolecall.model.rule import AUDITS
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, account

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
