from dataclasses import replace

import pytest

from rolecall.catalog import DETECTIONS
from rolecall.model.finding import Status
from rolecall.model.record import MalformedEventError
from rolecall.model.scope import Scope
from rolecall.model.settings import RuleSettings, Settings
from rolecall.services.detect import Detect
from tests.builders import (
    ACCOUNT,
    KEY_ID,
    NOW,
    an_exception,
    days_ago,
    envelope,
    record,
    role_identity,
)
from tests.fakes import FakeClock, FakeExceptions, FakeFindings, an_event_judge

KEY_FOR_BOB = record(
    "CreateAccessKey",
    request={"userName": "bob"},
    response={"accessKey": {"userName": "bob", "accessKeyId": KEY_ID}},
    eventTime="2026-11-23T11:59:00Z",
)


def a_detect(settings=None):
    judge = an_event_judge(DETECTIONS, settings)
    return Detect(FakeFindings(), judge, FakeClock(NOW), FakeExceptions())


def test_turns_an_event_into_a_finding():
    detect = a_detect()

    [finding] = detect.run(envelope(KEY_FOR_BOB))

    assert finding.rule == "access-key-for-another-user"
    assert finding.source == KEY_FOR_BOB["eventID"]
    assert finding.evidence["source_ip"] == "203.0.113.7"
    assert finding.principal == f"arn:aws:iam::{ACCOUNT}:user/mallory"
    assert (finding.first_seen_at < NOW, finding.changed_at) == (True, NOW)


def test_counts_a_session_as_its_role():
    detect = a_detect()

    [finding] = detect.run({**KEY_FOR_BOB, "userIdentity": role_identity("ci")})

    assert finding.principal == f"arn:aws:iam::{ACCOUNT}:role/ci"


def test_says_nothing_new_of_an_event_that_comes_twice():
    detect = a_detect()
    detect.run(KEY_FOR_BOB)

    assert detect.run(KEY_FOR_BOB) == []
    assert detect.findings.writes == 1


def test_leaves_what_people_did_with_a_finding_alone_when_its_event_comes_again():
    detect = a_detect()
    [finding] = detect.run(KEY_FOR_BOB)
    detect.clock.now = None

    detect.run(KEY_FOR_BOB)

    assert detect.findings.get(finding.id) is finding


def test_does_not_mix_up_two_events_of_the_same_kind():
    detect = a_detect()

    detect.run(KEY_FOR_BOB)
    detect.run({**KEY_FOR_BOB, "eventID": "11111111-1111-4111-8111-111111111111"})

    assert len(detect.findings.stored) == 2


def test_ignores_an_event_that_no_detection_wants():
    assert a_detect().run(record("ListUsers", readOnly=True)) == []


def test_leaves_out_detections_that_are_switched_off():
    off = Settings(rules={"access-key-for-another-user": RuleSettings(enabled=False)})

    assert a_detect(off).run(KEY_FOR_BOB) == []


def test_gives_detections_their_parameters():
    settings = Settings(
        rules={"monitor-tampered": RuleSettings(parameters={"name_prefix": "watchtower"})}
    )
    touched = record("DeleteRule", source="events.amazonaws.com", request={"name": "watchtower-x"})

    [finding] = a_detect(settings).run(touched)

    assert finding.rule == "monitor-tampered"


def test_refuses_what_is_no_event():
    with pytest.raises(MalformedEventError, match="eventSource"):
        a_detect().run({"eventName": "CreateUser", "userIdentity": {}})


def test_an_event_that_an_exception_covers_is_stored_as_suppressed():
    exception = an_exception(
        rule="access-key-for-another-user", scope=Scope(account=ACCOUNT, path="/")
    )
    detect = a_detect(Settings(exceptions=(exception,)))

    [finding] = detect.run(KEY_FOR_BOB)

    assert finding.status is Status.SUPPRESSED
    assert finding.exception == exception


def test_stored_exceptions_count_too_and_ended_ones_do_not():
    detect = a_detect()
    ended = an_exception(rule="access-key-for-another-user", ends_on=days_ago(1).date())
    detect.exceptions.save(ended)
    [first] = detect.run(KEY_FOR_BOB)
    detect.exceptions.save(replace(ended, ends_on=NOW.date()))

    [second] = detect.run({**KEY_FOR_BOB, "eventID": "another"})

    assert (first.status, second.status) == (Status.OPEN, Status.SUPPRESSED)


def test_what_an_event_does_not_tell_leaves_it_open():
    by_unit, by_tag = an_exception(scope=Scope(ou="/")), an_exception(scope=Scope(tag="team"))

    [finding] = a_detect(Settings(exceptions=(by_unit, by_tag))).run(KEY_FOR_BOB)

    assert finding.is_open
