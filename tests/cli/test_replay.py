import gzip
import io
import json
import sys

import pytest

from tests.builders import envelope, record, role_identity, root_identity

BY_ROOT = record("CreateUser", actor=root_identity())
AGAIN = record("CreateUser", actor=root_identity())
HARMLESS = record("ListUsers", readOnly=True)
SUMMARY = "the root user of account 111122223333 called CreateUser of iam.amazonaws.com"


@pytest.fixture
def lines(tmp_path):
    """Return a function that writes records, or text that is none, as lines of a file."""

    def write(*records, name="trail.jsonl"):
        texts = [each if isinstance(each, str) else json.dumps(each) for each in records]
        path = tmp_path / name
        path.write_text("\n".join(texts) + "\n")
        return path

    return write


def test_prints_what_each_event_would_raise_and_where_it_is(run, lines):
    file = lines(HARMLESS, BY_ROOT)

    ran = run("replay", file)

    assert ran.code == 1
    assert ran.err == ""
    heading, finding, _, total = ran.out.splitlines()
    assert heading.split() == [
        "SEVERITY",
        "RULE",
        "EVENT",
        "TIME",
        "WHERE",
        "EVENT",
        "ID",
        "FINDING",
    ]
    assert finding.split()[:5] == [
        "HIGH",
        "root-activity",
        "2026-11-23T12:00:00Z",
        f"{file}:2",
        BY_ROOT["eventID"],
    ]
    assert finding.endswith(f"{SUMMARY} on 2026-11-23")
    assert total == "2 events judged. 1 finding: 1 HIGH."


def test_in_a_narrow_terminal_facts_stand_under_their_sentence(run, terminal, lines):
    terminal(80)

    out = run("replay", lines(BY_ROOT)).out

    assert "SEVERITY" not in out
    assert "root-activity · 2026-11-23T12:00:00Z" in out
    assert all(len(plain(line)) <= 80 for line in out.splitlines())


def test_harmless_events_are_clean(run, lines):
    ran = run("replay", lines(HARMLESS))

    assert (ran.code, ran.out) == (0, "\n1 event judged. No findings.\n")


def test_a_finding_that_comes_again_is_told_once_as_when_deployed(run, lines):
    ran = run("replay", lines(BY_ROOT, AGAIN))

    assert ran.out.count("root-activity") == 1
    assert "1 finding: 1 HIGH (and 1 repetition)." in ran.out


def test_the_severity_decides_whether_it_fails(run, lines):
    file = lines(BY_ROOT)

    assert run("replay", file, "--fail-on", "high").code == 1
    assert run("replay", file, "--fail-on", "critical").code == 0
    assert run("replay", file, "--fail-on", "never").code == 0


def test_reads_log_files_as_cloudtrail_writes_them(run, tmp_path):
    file = tmp_path / "111122223333_CloudTrail_us-east-1_20261123T1200Z_abc.json.gz"
    file.write_bytes(gzip.compress(json.dumps({"Records": [HARMLESS, BY_ROOT]}).encode()))

    ran = run("replay", file)

    assert f"{file}:1 (record 2)" in ran.out


def test_reads_arrays_and_what_eventbridge_delivers(run, tmp_path):
    file = tmp_path / "events.json"
    file.write_text(json.dumps([envelope(HARMLESS), envelope(BY_ROOT)], indent=1))

    ran = run("replay", file, "--format", "jsonl")

    [finding] = map(json.loads, ran.out.splitlines())
    assert finding["position"] == 2


def test_reads_standard_input(run, monkeypatch):
    text = io.TextIOWrapper(io.BytesIO(json.dumps(BY_ROOT).encode()))
    monkeypatch.setattr(sys, "stdin", text)

    ran = run("replay", "-", "--format", "jsonl")

    assert json.loads(ran.out)["file"] == "-"


def test_a_broken_record_is_told_and_loses_no_neighbour(run, lines):
    file = lines(BY_ROOT, "{broken", {"eventName": "CreateUser"}, HARMLESS)

    ran = run("replay", file)

    assert ran.code == 2
    assert ran.err == (
        f"rolecall: {file}:2: no JSON: Expecting property name enclosed in double quotes"
        " (line 2, column 2)\n"
        f"rolecall: {file}:3: eventSource should be text, it is missing\n"
    )
    assert "2 events judged. 1 finding: 1 HIGH.\n" in ran.out
    assert ran.out.endswith(
        "2 problems kept records from being judged; standard error names them.\n"
    )


def test_a_file_that_is_not_there_is_told_and_costs_no_other_file(run, lines, tmp_path):
    missing = tmp_path / "missing.json"

    ran = run("replay", missing, lines(BY_ROOT))

    assert ran.code == 2
    assert ran.err == f"rolecall: {missing}: No such file or directory\n"
    assert SUMMARY in ran.out


def test_json_is_one_array_and_the_summary_goes_elsewhere(run, lines):
    ran = run("replay", lines(BY_ROOT, HARMLESS), "--format", "json")

    [finding] = json.loads(ran.out)
    assert (finding["rule"], finding["line"]) == ("root-activity", 1)
    assert ran.err == "2 events judged. 1 finding: 1 HIGH.\n"


def test_no_findings_are_an_empty_array(run, lines):
    assert run("replay", lines(HARMLESS), "--format", "json").out == "[]\n"


def test_all_prints_a_line_for_every_event_in_input_order(run, lines):
    file = lines(HARMLESS, BY_ROOT, AGAIN)

    ran = run("replay", file, "--all", "--format", "jsonl", "--fail-on", "never")

    first, second, third = map(json.loads, ran.out.splitlines())
    assert first == {
        "file": str(file),
        "line": 1,
        "position": 1,
        "event_id": HARMLESS["eventID"],
        "event_name": "ListUsers",
        "problem": None,
        "findings": [],
    }
    assert [each["rule"] for each in second["findings"]] == ["root-activity"]
    assert third["findings"]
    assert ran.code == 0


def test_all_keeps_the_place_of_a_record_that_is_no_event(run, lines):
    ran = run("replay", lines("{broken", HARMLESS), "--all", "--format", "jsonl")

    broken, harmless = map(json.loads, ran.out.splitlines())
    assert (broken["position"], broken["event_id"], broken["findings"]) == (1, None, [])
    assert broken["problem"].startswith("no JSON")
    assert harmless["position"] == 2
    assert ran.code == 2


def test_all_shows_people_who_did_what(run, lines):
    file = lines(HARMLESS, BY_ROOT)

    first, second, *_ = run("replay", file, "--all").out.splitlines()

    assert first == f"2026-11-23T12:00:00Z  -              ListUsers by user mallory  {file}:1"
    assert second == (
        "2026-11-23T12:00:00Z  HIGH           CreateUser by the root user of 111122223333"
        f"  root-activity  {file}:2"
    )


def test_parameters_come_from_the_configuration(run, lines, tmp_path):
    config = tmp_path / "rolecall.toml"
    config.write_text("[rules.root-activity]\nenabled = false\n")

    assert run("replay", lines(BY_ROOT), "--config", config).code == 0


def test_names_cannot_steer_the_terminal(run, terminal, lines):
    terminal(80)
    evil = {"name": "rolecall-\x1b[2J\u202eforward"}
    file = lines(record("DeleteRule", source="events.amazonaws.com", request=evil))

    out = run("replay", file).out

    assert "monitor-tampered" in out
    assert "\x1b[2J" not in out
    assert "\u202e" not in out


def plain(line):
    """Take the colours off a line."""
    return "".join(
        part.partition("m")[2] if n else part for n, part in enumerate(line.split("\x1b["))
    )


def _keys(count, role="ops"):
    return [
        record("CreateAccessKey", request={"userName": f"u{number}"}, actor=role_identity(role))
        for number in range(count)
    ]


def test_ends_with_how_often_each_rule_fired_and_what_would_silence_whom(run, lines):
    ran = run("replay", lines(*_keys(4), *_keys(1, "other")))

    ops = "arn:aws:iam::111122223333:role/ops"
    summary = ran.out[ran.out.index("How often each rule fired") :]
    [line] = [e for e in summary.splitlines() if " access-key-for-another-user " in e]
    assert line.split()[0] == "5"
    assert line.endswith(f"4 by {ops}, and 1 other")
    assert f'rule = "access-key-for-another-user"\n  principal = "{ops}"' in summary


def test_says_nothing_of_frequency_where_the_findings_show_it(run, lines):
    assert "How often" not in run("replay", lines(*_keys(1))).out


def test_the_summary_alone_is_for_machines_too(run, lines):
    ran = run("replay", lines(*_keys(4)), "--summary", "--format", "jsonl")

    rules = {each["rule"]: each for each in map(json.loads, ran.out.splitlines())}
    assert rules["access-key-for-another-user"]["findings"] == 4
    assert ran.code == 1
    assert "4 events judged" in ran.err


def test_what_an_exception_covers_is_counted_and_not_printed(run, lines, tmp_path):
    config = tmp_path / "rolecall.toml"
    config.write_text(
        "[[exceptions]]\nprincipal = 'arn:aws:iam::*:role/ops'\nowner = 'a@example.com'\n"
        "reason = 'it makes keys'\nends_on = 2026-12-31\n"
    )

    ran = run("replay", lines(*_keys(2)), "--config", config)

    assert ran.code == 0
    assert "2 events judged. No findings. " in ran.out
    assert "findings suppressed by exceptions." in ran.out


def test_what_aws_does_by_itself_is_counted_and_quiet(run, lines):
    of_aws = {"type": "AWSService", "invokedBy": "sso.amazonaws.com"}

    ran = run("replay", lines(record("TagRole", actor=of_aws), HARMLESS))

    assert ran.out.strip() == "2 events judged. No findings. 1 event of AWS itself, quiet."
