from dataclasses import replace

from rolecall.catalog import DETECTIONS, find_rule
from rolecall.model.settings import RuleSettings, Settings
from rolecall.services.replay import Replay, UnreadableRecord
from tests.builders import envelope, record, root_identity
from tests.fakes import an_event_judge

BY_ROOT = record("CreateUser", actor=root_identity())
HARMLESS = record("ListUsers", readOnly=True)


def replayed(*records, settings=None, detections=DETECTIONS):
    replay = Replay(an_event_judge(detections, settings))
    return list(replay.run(enumerate(records, start=1)))


def test_says_of_every_record_what_it_gives_in_their_order():
    first, second = replayed(HARMLESS, BY_ROOT)

    assert (first.position, first.event.name, first.findings) == (1, "ListUsers", ())
    assert (second.position, second.event.id) == (2, BY_ROOT["eventID"])
    assert [finding.rule for finding in second.findings] == ["root-activity"]


def test_reads_what_eventbridge_delivers():
    [judged] = replayed(envelope(BY_ROOT))

    assert len(judged.findings) == 1


def test_dates_a_finding_by_its_event():
    [judged] = replayed(BY_ROOT)
    [finding] = judged.findings

    assert finding.changed_at == finding.first_seen_at == judged.event.at


def test_a_record_that_is_no_event_loses_no_neighbour():
    no_json, no_event, event = replayed(
        UnreadableRecord("this is no JSON"), {"eventName": "CreateUser"}, BY_ROOT
    )

    assert (no_json.problem, no_json.event) == ("this is no JSON", None)
    assert no_event.problem == "eventSource should be text, it is missing"
    assert not event.problem
    assert event.findings


def test_a_rule_that_crashes_is_told_with_the_event_and_loses_no_neighbour():
    def crash(_event):
        raise KeyError("userName")

    broken = replace(find_rule("root-activity"), evaluate=crash)

    first, second = replayed(BY_ROOT, HARMLESS, detections=(broken,))

    assert (
        first.problem
        == f"event {BY_ROOT['eventID']} made root-activity crash: KeyError: 'userName'"
    )
    assert first.event.name == "CreateUser"
    assert not second.problem


def test_respects_the_settings():
    off = Settings(rules={"root-activity": RuleSettings(enabled=False)})

    [judged] = replayed(BY_ROOT, settings=off)

    assert judged.findings == ()
