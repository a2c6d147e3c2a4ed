import json
from datetime import timedelta

import pytest

from rolecall import cli as commands
from rolecall.model.timestamps import format_time
from tests.adapters.iam_answers import key_1, key_2, report_row, report_text, root_row
from tests.builders import NOW, days_ago
from tools.acceptance.__main__ import main
from tools.acceptance.credentials import flags_of

LONG_AGO = format_time(days_ago(400))
PASSWORD = {"password_enabled": "true", "password_last_changed": LONG_AGO}
OLD_ROOT = {"user_creation_time": LONG_AGO}


def flags(row):
    return flags_of(report_text(row), NOW)[row["user"]]


def used(days):
    return format_time(days_ago(days))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (report_row(), set()),
        (report_row(user_creation_time=LONG_AGO), {"user_over_365d"}),
        (report_row(**key_1(days_old=89, used=used(1))), set()),
        (report_row(**key_1(days_old=91, used=used(1))), {"key_over_90d"}),
        (report_row(**key_1(days_old=91)), {"key_over_90d", "key_never_used_over_90d"}),
        (report_row(**key_1(days_old=91, used=used(91))), {"key_over_90d", "key_idle_over_90d"}),
        (report_row(**key_1(days_old=91, active=False)), set()),
        (report_row(**key_1(days_old=50), **key_2(days_old=1)), {"two_active_keys"}),
        (
            report_row(**PASSWORD, password_last_used=used(91)),
            {"console_without_mfa", "console_idle_over_90d"},
        ),
        (report_row(**PASSWORD, password_last_used=used(1), mfa_active="true"), set()),
        (root_row(), {"root_without_mfa"}),
        (root_row(mfa_active="true", **OLD_ROOT), {"user_over_365d"}),
        (root_row(mfa_active="true", password_last_used=used(29)), {"root_used_within_30d"}),
        (
            root_row(mfa_active="true", **key_1(days_old=91)),
            {"root_has_active_key", "key_over_90d", "key_never_used_over_90d"},
        ),
    ],
)
def test_a_user_gets_the_flags_of_its_findings(row, expected):
    assert flags(row) == expected


def test_a_flag_needs_the_second_after_its_last_day():
    def made(age):
        return report_row(**key_1(access_key_1_last_rotated=format_time(NOW - age), used=used(0)))

    assert "key_over_90d" not in flags(made(timedelta(days=89, hours=23)))
    assert "key_over_90d" not in flags(made(timedelta(days=90)))
    assert "key_over_90d" in flags(made(timedelta(days=90, seconds=1)))


@pytest.mark.parametrize("name", ["o'hara, jr.", "josé", "名前"])
def test_names_may_hold_commas_and_any_letter(name):
    row = report_row(name, **key_1(days_old=91, used=used(1)))

    assert flags(row) == {"key_over_90d"}


@pytest.fixture
def folder(tmp_path):
    """Return a folder with one report, of which it expects one flag too many of bob."""
    report = report_text(root_row(mfa_active="true"), report_row("bob", **key_1(days_old=91)))
    (tmp_path / "a.csv").write_text(report)
    expected = {
        "<root_account>": {"expect": {"root_without_mfa": False, "user_over_365d": []}},
        "bob": {"expect": {"key_over_90d": [1], "two_active_keys": True}},
        "eve": {"expect": {"key_over_90d": [1]}, "at_limit": True},
    }
    facts = {"a.csv": {"as_of": NOW.isoformat(), "users": expected}}
    (tmp_path / "facts.json").write_text(json.dumps(facts))
    return tmp_path


def test_answers_for_every_user_of_every_report_of_a_folder(folder, capsys):
    main(["credentials", str(folder)])

    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert answers == [
        {"id": "a.csv|<root_account>", "flags": []},
        {"id": "a.csv|bob", "flags": ["key_never_used_over_90d", "key_over_90d"]},
    ]


def test_tells_which_answers_are_not_those_expected(folder, capsys):
    code = main(["credentials", str(folder)])

    told = capsys.readouterr().err.splitlines()
    assert code == 1
    assert told == ["a.csv|bob: no two_active_keys", "3 of 4 expected answers given"]


def test_is_content_with_data_that_expects_nothing(folder, capsys):
    (folder / "facts.json").write_text(json.dumps({"a.csv": {"as_of": NOW.isoformat()}}))

    code = main(["credentials", str(folder)])

    assert code == 0
    assert capsys.readouterr().err == "0 of 0 expected answers given\n"


def test_says_what_rolecall_audit_says_of_the_same_file(folder, capsys):
    command = ["audit", str(folder / "a.csv"), "--as-of", NOW.isoformat(), "--format", "jsonl"]
    commands.main(command)
    said = [json.loads(line)["rule"] for line in capsys.readouterr().out.splitlines()]

    assert {"access-key-rotation", "unused-credentials"} <= set(said)
