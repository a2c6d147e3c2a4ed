import tomllib
from datetime import date

import pytest

from rolecall.adapters.activity_in_memory import ActivityInMemory
from rolecall.catalog import DETECTIONS, RulesById
from rolecall.model.finding import Status
from rolecall.model.settings import SettingsError, parse_settings
from rolecall.services.judge_event import EventJudge
from rolecall.services.replay import Replay
from rolecall.services.tally_rules import Tally
from tests.builders import record, role_identity, root_identity, user_identity

RULE = "access-key-for-another-user"


def a_key(number, role="ops"):
    return record("CreateAccessKey", request={"userName": f"u{number}"}, actor=role_identity(role))


KEYS = [*(a_key(n) for n in range(5)), a_key(9, "other")]


def replayed(records, settings=None):
    """Return the tally of the records under these settings, as TOML writes them."""
    settings = parse_settings(tomllib.loads(settings or ""), RulesById())
    tally, found = Tally(), []
    replay = Replay(EventJudge(DETECTIONS, settings, ActivityInMemory()))
    for judged in replay.run(enumerate(records)):
        found += judged.findings
    for each in found:
        tally.count(each)
    return tally, found


def test_counts_who_made_a_rule_fire_how_often():
    tally, _ = replayed(KEYS)

    of_keys = tally.by_rule[RULE]
    assert (of_keys.open, of_keys.suppressed, len(of_keys.by_principal)) == (6, 0, 2)
    assert of_keys.top == ("arn:aws:iam::111122223333:role/ops", 5)
    assert [each.open for each in tally.rules()] == sorted(
        (each.open for each in tally.rules()), reverse=True
    )


def test_proposes_the_exception_that_silences_whoever_fires_most():
    tally, _ = replayed(KEYS)
    proposed = tally.by_rule[RULE].exception

    with pytest.raises(SettingsError, match="owner is missing: an exception says who answers"):
        replayed(KEYS, proposed)
    decided = proposed.replace('owner = ""', 'owner = "a@example.com"')
    decided = decided.replace('reason = ""', 'reason = "it makes all keys"')
    after, found = replayed(KEYS, decided)

    assert (after.by_rule[RULE].open, after.by_rule[RULE].suppressed) == (1, 5)
    assert {each.principal for each in found if each.status is Status.SUPPRESSED} == {
        "arn:aws:iam::111122223333:role/ops"
    }
    assert tomllib.loads(proposed)["exceptions"][0]["ends_on"] == date(2027, 2, 21)


def test_proposes_nothing_for_few_findings():
    tally, _ = replayed(KEYS[:2])

    assert tally.by_rule[RULE].exception == ""


@pytest.mark.parametrize("name", ["*", "a?b", "x\ny"])
def test_proposes_nothing_for_a_name_that_would_mean_more_than_itself(name):
    tally, _ = replayed([a_key(n, name) for n in range(5)])

    assert tally.by_rule[RULE].exception == ""


def test_proposes_nothing_for_what_is_always_told():
    settings = '[rules.break-glass-used]\nprincipals = ["arn:aws:iam::*:user/emergency"]'
    tally, _ = replayed(
        [
            record(
                "CreateUser", eventTime=f"2026-11-{day}T12:00:00Z", actor=user_identity("emergency")
            )
            for day in (10, 11, 12, 13)
        ],
        settings,
    )

    assert tally.by_rule["break-glass-used"].open >= 3
    assert tally.by_rule["break-glass-used"].exception == ""


def test_writes_what_machines_read():
    tally, _ = replayed([record("CreateUser", actor=root_identity())])

    document = tally.by_rule["root-activity"].document()
    assert document["findings"] == document["top_findings"] == 1
    assert document["severity"] == "HIGH"
