import json
from datetime import UTC, datetime, timedelta

import pytest

from rolecall.adapters.dynamodb_coverage import DynamoDBCoverage
from rolecall.cli import main
from rolecall.model.account import Gap
from rolecall.model.completeness import Completeness, State
from rolecall.model.coverage import AccountCoverage
from rolecall.model.rule import AUDITS
from tests.adapters.conftest import _credentials_of_nobody, aws  # noqa: F401 - fixtures
from tests.adapters.tables import create_coverage_table
from tests.builders import ACCOUNT, HUB, NOW, ORGANIZATION

DENIED = Gap("credential-report", "iam:GetCredentialReport", "AccessDenied")
PARTS = {
    "authorization-details": Completeness(State.PRESENT, read_at=NOW),
    "credential-report": Completeness(
        State.DENIED, "AccessDenied", "iam:GetCredentialReport", NOW - timedelta(days=2)
    ),
}


@pytest.fixture
def coverage(aws):  # noqa: F811 - the fixture that is imported
    client = aws.client("dynamodb")
    table = DynamoDBCoverage(client, create_coverage_table(client))
    table.save_organization(ORGANIZATION)
    for audit in AUDITS:
        table.save(word(HUB, audit))
    return table


def word(account_id, audit, **fields):
    now = datetime.now(UTC)
    return AccountCoverage(account_id=account_id, audit=audit, run="run-1", at=now, **fields)


def test_names_what_is_not_complete(coverage, capsys):
    coverage.save(word(ACCOUNT, AUDITS[0], gaps=(DENIED,), parts=PARTS))

    assert main(["coverage"]) == 0

    heading, first, *silent, _, total = capsys.readouterr().out.splitlines()
    assert heading.split() == ["ACCOUNT", "AUDIT", "STATE", "LAST", "WORD", "WHY"]
    assert first.split()[:3] == [ACCOUNT, AUDITS[0], "partial"]
    assert first.endswith("credential-report: iam:GetCredentialReport: AccessDenied")
    assert [line.split()[2:] for line in silent] == [["silent", "never"]] * 2
    assert total == "2 accounts, 1 of them read completely by every audit."


def test_shows_an_account_part_by_part(coverage, capsys):
    coverage.save(word(ACCOUNT, AUDITS[0], gaps=(DENIED,), parts=PARTS, not_judged=("x",)))

    assert main(["coverage", "--account", ACCOUNT]) == 0

    shown = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert f"{AUDITS[0]}: partial" in shown
    assert "authorization-details present, last read 2026-11-23T12:00:00Z" in shown
    assert (
        "credential-report denied, last read 2026-11-21T12:00:00Z"
        " (iam:GetCredentialReport: AccessDenied)"
    ) in shown
    assert "not judged x" in shown


def test_tells_machines_everything(coverage, capsys):
    coverage.save(word(ACCOUNT, AUDITS[0], gaps=(DENIED,), parts=PARTS))

    assert main(["coverage", "--format", "jsonl"]) == 0

    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(lines) == 2 * len(AUDITS)
    assert lines[0]["parts"]["credential-report"]["state"] == "denied"
    assert lines[0]["gaps"] == ["credential-report: iam:GetCredentialReport: AccessDenied"]


def test_says_when_there_was_no_run_yet(aws, capsys):  # noqa: F811 - the fixture that is imported
    create_coverage_table(aws.client("dynamodb"))

    assert main(["coverage"]) == 0

    assert capsys.readouterr().out == "No run has listed the accounts yet.\n"
