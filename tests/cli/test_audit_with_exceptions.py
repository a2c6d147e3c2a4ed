import json

import pytest

from rolecall.catalog import CHECKS
from rolecall.cli.audit_report import Reporting, report
from rolecall.cli.exit_codes import CLEAN, FOUND
from rolecall.cli.options import FailOn, Format
from rolecall.model.settings import Settings
from tests.builders import access_key, account, an_exception, user

SNAPSHOT = account(user(keys=[access_key(days_old=100)]))
CHECK = [check for check in CHECKS if check.id == "access-key-rotation"]
HIDING = Settings(exceptions=(an_exception(rule="access-key-rotation"),))


@pytest.fixture(autouse=True)
def _piped(monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)


def reported(settings, output=Format.TABLE):
    return report(
        [("", SNAPSHOT)],
        Reporting(CHECK, settings, output, fail_on=FailOn.INFORMATIONAL, are_named=False),
    )


def test_what_is_suppressed_is_counted_and_fails_nothing(capsys):
    assert reported(HIDING) == CLEAN

    shown = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "No findings." in shown
    assert "Suppressed 1 finding by exceptions of ops@example.com" in shown


def test_machines_are_told_of_what_is_suppressed_and_by_whom(capsys):
    assert reported(HIDING, Format.JSONL) == CLEAN

    [found] = map(json.loads, capsys.readouterr().out.splitlines())
    assert found["status"] == "SUPPRESSED"
    assert found["exception"]["owner"] == "ops@example.com"
    assert found["exception"]["ends_on"] == "2026-12-23"


def test_what_is_not_suppressed_is_told_as_ever(capsys):
    assert reported(Settings()) == FOUND

    assert "access-key-rotation" in capsys.readouterr().out
