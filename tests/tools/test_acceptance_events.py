import json

import pytest

from tests.builders import record, root_identity
from tools.acceptance.__main__ import main

ROOT = record("CreateUser", actor=root_identity())
QUIET = record("ListUsers", readOnly=True)


@pytest.fixture
def answered(tmp_path, capsys):
    """Return a function that gives the exit code, the answers and what is told of rows."""

    def answer(*rows):
        text = "\n".join(json.dumps({"id": f"row-{n}", **row}) for n, row in enumerate(rows))
        (tmp_path / "events.jsonl").write_text(text, encoding="utf-8")
        code = main(["events", str(tmp_path)])
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    return answer


def test_every_record_gets_an_answer_in_its_order(answered):
    no_event = {"eventName": "CreateUser"}

    _, answers, _ = answered(
        {"event": QUIET, "expected": "benign"},
        {"event": no_event, "expected": "either"},
        {"event": ROOT, "expected": "alert"},
    )

    assert [answer["id"] for answer in answers] == ["row-0", "row-1", "row-2"]
    assert [len(answer["detections"]) for answer in answers[:2]] == [0, 0]
    assert {"rule": "root-activity", "severity": "high"} in answers[2]["detections"]


def test_a_record_that_is_no_event_is_told(answered):
    _, _, err = answered({"event": {"eventName": "CreateUser"}, "expected": "either"})

    assert "cloudtrail.json:1" in err
    assert "eventSource should be text" in err


def test_says_whether_the_answers_are_those_expected(answered):
    code, _, err = answered(
        {"event": ROOT, "expected": "alert"},
        {"event": QUIET, "expected": "benign"},
        {"event": ROOT, "expected": "either", "max_ok": None},
    )

    assert code == 0
    assert err.splitlines()[-1] == "2 of 2 expected answers given"


def test_tells_what_was_missed_and_what_was_too_loud(answered):
    code, _, err = answered(
        {"event": QUIET, "expected": "alert"},
        {"event": ROOT, "expected": "benign"},
        {"event": ROOT, "expected": "either", "max_ok": "low"},
    )

    assert code == 1
    missed, loud, soft, _ = err.splitlines()[-4:]
    assert missed == "row-0: missed"
    assert loud.startswith("row-1: HIGH by root-activity")
    assert soft.startswith("row-2: HIGH by root-activity")
