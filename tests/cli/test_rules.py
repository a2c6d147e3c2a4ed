import json

from rolecall.catalog import CHECKS, COMPARISONS, DETECTIONS, RULES


def test_all_rules_are_listed_under_what_runs_them(run):
    lines = run("rules").out.splitlines()

    headings = [line for line in lines if line and not line.startswith(" ")]
    assert headings == [
        "key-rotation audit",
        "user-age audit",
        "over-privilege audit",
        "every audit",
        "events",
        "after events",
    ]
    assert {line.split()[0] for line in lines if line.startswith("  ")} == {
        rule.id for rule in RULES
    }


def test_piped_lines_end_where_their_text_ends(run):
    lines = run("rules").out.splitlines()

    assert all(line == line.rstrip() for line in lines)


def test_machines_get_one_rule_a_line(run):
    documents = [json.loads(line) for line in run("rules", "--format", "jsonl").out.splitlines()]

    assert [document["id"] for document in documents] == [rule.id for rule in RULES]
    assert {document["kind"] for document in documents} == {"check", "detection"}


def test_machines_get_a_check_with_its_audits_and_parameters(run):
    documents = json.loads(run("rules", "--format", "json").out)

    [check] = [each for each in documents if each["id"] == "access-key-rotation"]
    assert check["audits"] == ["key-rotation"]
    assert check["parameters"]["max_age_days"] == 90
    assert check["patterns"] == []
    assert len(documents) == len(CHECKS) + len(COMPARISONS) + len(DETECTIONS)


def test_machines_get_a_detection_with_its_patterns(run):
    documents = json.loads(run("rules", "--format", "json").out)

    [detection] = [each for each in documents if each["id"] == "root-activity"]
    assert detection["patterns"] == [{"userIdentity": {"type": ["Root"]}}]
    assert detection["attack"] == ["T1078.004"]
    assert detection["audits"] == []
