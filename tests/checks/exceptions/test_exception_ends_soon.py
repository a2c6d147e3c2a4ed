from dataclasses import replace
from datetime import timedelta

from rolecall.checks.exceptions.exception_ends_soon import exception_ends_soon
from tests.builders import ACCOUNT, NOW, ORGANIZATION, account, an_exception

MANAGEMENT = replace(ORGANIZATION, management_account_id=ACCOUNT)


def judged(days, taken_at=NOW):
    exception = an_exception(rule="unused-credentials", ends_on=NOW.date() + timedelta(days=days))
    snapshot = account(organization=MANAGEMENT, exceptions=(exception,), taken_at=taken_at)
    return exception_ends_soon.judge(snapshot, {})


def test_tells_the_owner_two_weeks_before_and_not_earlier():
    assert not judged(15)
    assert judged(14)
    assert judged(0)


def test_says_nothing_of_one_that_is_over():
    assert not judged(-1)


def test_says_who_has_to_do_with_what_and_when():
    [evidence] = judged(14)

    assert evidence.summary == (
        "the exception of ops@example.com for rule unused-credentials ends on 2026-12-07"
    )
    assert evidence.data["owner"] == "ops@example.com"


def test_the_facts_do_not_age():
    assert judged(14) == judged(14, NOW + timedelta(days=3))


def test_a_later_end_is_another_notice():
    [[early], [late]] = judged(7), judged(14)

    assert early.occasion != late.occasion
