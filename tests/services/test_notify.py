from dataclasses import replace

import pytest

from rolecall.model.finding import Status
from rolecall.model.settings import NotificationSettings
from rolecall.model.severity import Severity
from rolecall.services.notify import Change, Notify
from tests.builders import finding
from tests.fakes import FakeMessages

OPEN = finding(severity=Severity.HIGH)
RESOLVED = replace(OPEN, status=Status.RESOLVED)
SUPPRESSED = replace(OPEN, status=Status.SUPPRESSED)


def told(*changes, **settings):
    messages = FakeMessages()
    Notify(messages, NotificationSettings(**settings)).run(changes)
    return messages.published


def news_of(before, after, **settings):
    return [message.attributes["news"] for message in told(Change(before, after), **settings)]


@pytest.mark.parametrize(
    ("before", "after", "news"),
    [
        (None, OPEN, ["opened"]),
        (RESOLVED, OPEN, ["reopened"]),
        (SUPPRESSED, OPEN, ["reopened"]),
        (replace(OPEN, severity=Severity.LOW), OPEN, ["worse"]),
        (OPEN, RESOLVED, ["resolved"]),
        (OPEN, replace(OPEN, severity=Severity.CRITICAL), ["worse"]),
        (OPEN, replace(OPEN, severity=Severity.LOW), []),
        (OPEN, replace(OPEN, summary="other words"), []),
        (OPEN, SUPPRESSED, []),
        (SUPPRESSED, RESOLVED, []),
        (RESOLVED, RESOLVED, []),
        (None, RESOLVED, []),
        (None, SUPPRESSED, []),
        (RESOLVED, None, []),
        (OPEN, None, []),
    ],
)
def test_knows_what_is_news(before, after, news):
    assert news_of(before, after) == news


def test_keeps_quiet_below_the_threshold():
    assert not news_of(None, replace(OPEN, severity=Severity.MEDIUM))
    assert news_of(None, replace(OPEN, severity=Severity.MEDIUM), threshold=Severity.MEDIUM)


def test_tells_a_resolution_only_where_the_opening_was_told():
    quiet = replace(OPEN, severity=Severity.LOW)

    assert not news_of(quiet, replace(quiet, status=Status.RESOLVED))


def changes(count):
    return [Change(None, replace(OPEN, id=f"111122223333-{n:024}")) for n in range(count)]


def test_tells_each_while_they_are_few():
    assert len(told(*changes(10), max_messages_per_batch=10)) == 10


def test_folds_many_into_one():
    [summary] = told(*changes(11), max_messages_per_batch=10)

    assert summary.attributes["news"] == "summary"
    assert summary.data["count"] == 11


def test_counts_only_news_towards_the_fold():
    noise = [Change(OPEN, replace(OPEN, summary="other words"))] * 50

    assert len(told(*noise, *changes(2), max_messages_per_batch=10)) == 2


def test_tells_of_rules_that_are_always_told_whatever_the_severity():
    ending = finding(rule="exception-ends-soon", severity=Severity.INFORMATIONAL)

    assert news_of(None, ending) == ["opened"]
    assert news_of(None, replace(ending, rule="coverage-gap")) == []
