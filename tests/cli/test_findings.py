import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from rolecall.adapters.dynamodb_findings import DynamoDBFindings
from rolecall.cli.options import parse_since
from rolecall.model.finding import Status
from rolecall.model.finding_document import finding_document
from rolecall.model.settings import RetentionSettings
from rolecall.model.severity import Severity
from tests.adapters.tables import create_findings_table
from tests.builders import ACCOUNT, HUB, NOW, finding

ALICE = f"arn:aws:iam::{ACCOUNT}:user/alice"


def numbered(number, account_id=ACCOUNT, **fields):
    return finding(id=f"{account_id}-{number:024x}", account_id=account_id, **fields)


OPEN = numbered(1, severity=Severity.MEDIUM)
WORST = numbered(2, severity=Severity.CRITICAL, rule="administrator-access")
ELSEWHERE = numbered(3, account_id=HUB, principal=f"arn:aws:iam::{HUB}:role/ci")
OVER = numbered(4, status=Status.RESOLVED, resolved_at=NOW)


@pytest.fixture
def table(aws):
    """Return a function that fills the findings table."""
    client = aws.client("dynamodb")
    name = create_findings_table(client)

    def fill(*findings):
        DynamoDBFindings(client, name, RetentionSettings(), lambda: NOW).save(findings)
        return name

    return fill


def listed(ran):
    return [json.loads(line)["id"] for line in ran.out.splitlines()]


def test_lists_what_is_open_the_worst_first(run, table):
    table(OPEN, WORST, ELSEWHERE, OVER)

    ran = run("findings", "list")

    assert (ran.code, ran.err) == (0, "")
    heading, *rows, _, total = ran.out.splitlines()
    assert heading.split() == ["SEVERITY", "RULE", "ACCOUNT", "SINCE", "ID", "FINDING"]
    assert [row.split()[4] for row in rows] == [WORST.id, ELSEWHERE.id, OPEN.id]
    assert rows[0].split()[:4] == ["CRITICAL", "administrator-access", ACCOUNT, "2026-11-23"]
    assert rows[1].split()[2] == HUB
    assert total == "3 findings: 1 CRITICAL, 1 HIGH, 1 MEDIUM."


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--account", HUB], [ELSEWHERE]),
        (["--resource", ALICE, "--severity", "critical"], [WORST]),
        (["--principal", f"arn:aws:iam::{HUB}:role/ci"], [ELSEWHERE]),
        (["--rule", "administrator-access"], [WORST]),
        (["--severity", "HIGH"], [WORST, ELSEWHERE]),
        (["--status", "resolved"], [OVER]),
        (["--status", "suppressed"], []),
        (["--since", "2026-11-24"], []),
        (["--since", "2026-11-23T12:00:00Z", "--account", HUB], [ELSEWHERE]),
        (["--limit", "1"], [WORST]),
        (["--account", ACCOUNT, "--limit", "1"], [WORST]),
    ],
    ids=lambda value: " ".join(value) if value and isinstance(value[0], str) else "",
)
def test_filters(run, table, options, expected):
    table(OPEN, WORST, ELSEWHERE, OVER)

    ran = run("findings", "list", "--format", "jsonl", *options)

    assert listed(ran) == [each.id for each in expected]


def test_all_shows_where_each_of_them_stands(run, table):
    table(OPEN, OVER)

    out = run("findings", "list", "--status", "all").out

    assert "STATUS" in out.splitlines()[0]
    assert {line.split()[4] for line in out.splitlines()[1:3]} == {"OPEN", "RESOLVED"}


def test_a_table_that_is_cut_says_so(run, table):
    table(OPEN, WORST)

    ran = run("findings", "list", "--limit", "1")

    assert ran.out.endswith("There may be more: raise --limit, or ask for less.\n")


def test_nothing_found_is_said(run, table):
    table()

    assert run("findings", "list").out == "No findings.\n"


def test_in_a_narrow_terminal_the_id_can_be_copied_in_one_piece(run, terminal, table):
    table(WORST)
    terminal(80)

    lines = run("findings", "list").out.splitlines()

    assert any(WORST.id in line for line in lines)
    assert any(f"administrator-access · {ACCOUNT} · " in line for line in lines)


@pytest.mark.parametrize("columns", ["", "80", "200"])
def test_what_is_piped_has_no_trailing_blanks(run, table, monkeypatch, columns):
    table(replace(WORST, summary="word " * 60), OPEN)
    if columns:
        monkeypatch.setenv("COLUMNS", columns)

    lines = run("findings", "list").out.splitlines()

    assert WORST.id in "".join(lines)
    assert [line for line in lines if line != line.rstrip()] == []


def test_a_rule_that_is_not_known_here_is_told_and_looked_for(run, table):
    table(OPEN)

    ran = run("findings", "list", "--rule", "acces-key-rotation")

    assert ran.code == 0
    assert ran.out == "No findings.\n"
    assert ran.err.startswith("rolecall: there is no rule 'acces-key-rotation': did you mean")


def test_a_table_that_is_not_there_is_named_with_the_way_out(run, aws):
    assert aws.region_name == "us-east-1"

    ran = run("findings", "list", "--table", "nowhere")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "rolecall: there is no table nowhere in us-east-1 of the account of these credentials:"
        " name the hub's with --profile and --region, or another table with --table or"
        " ROLECALL_FINDINGS_TABLE\n"
    )


def test_the_table_can_be_named_by_the_environment(run, aws, monkeypatch):
    assert aws
    monkeypatch.setenv("ROLECALL_FINDINGS_TABLE", "elsewhere")

    assert "there is no table elsewhere" in run("findings", "list").err


def test_show_tells_everything_about_one_finding(run, table):
    table(OVER)

    ran = run("findings", "show", OVER.id)

    assert ran.code == 0
    lines = ran.out.splitlines()
    assert lines[0] == f"HIGH  {OVER.summary}"
    assert f"Resource    {ALICE}" in lines
    assert "Status      RESOLVED" in lines
    assert "Resolved    2026-11-23T12:00:00Z" in lines
    assert "  aws iam create-access-key --user-name alice" in lines
    assert "  access_key_id  AKIAIOSFODNN7EXAMPLE" in lines
    assert "  rolecall explain access-key-rotation" in lines


def test_show_leaves_out_what_a_finding_has_not(run, table):
    table(replace(OPEN, principal=None, commands=(), compliance=(), evidence={}))

    out = run("findings", "show", OPEN.id).out

    for name in ("Principal", "Resolved", "Controls", "Evidence"):
        assert name not in out


def test_machines_get_the_finding_as_the_schema_says(run, table):
    table(WORST)

    ran = run("findings", "show", WORST.id, "--format", "json")

    assert json.loads(ran.out) == finding_document(WORST)


def test_a_finding_that_is_not_there_is_named(run, table):
    table()

    ran = run("findings", "show", WORST.id)

    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"rolecall: table rolecall-findings has no finding {WORST.id}: `rolecall findings list"
        " --status all` shows the ids of those that it has\n"
    )


def test_a_span_counts_back_from_now():
    week, hours = parse_since("7d"), parse_since("12h")

    now = datetime.now(UTC)
    assert timedelta(days=7) <= now - week < timedelta(days=7, minutes=1)
    assert timedelta(hours=12) <= now - hours < timedelta(hours=12, minutes=1)


def test_a_day_begins_at_midnight_utc():
    assert parse_since("2026-11-01") == datetime(2026, 11, 1, tzinfo=UTC)
