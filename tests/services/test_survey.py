from dataclasses import replace
from datetime import timedelta

from rolecall.model.account import Gap
from rolecall.model.coverage import AccountCoverage
from rolecall.model.organization import MemberAccount
from rolecall.model.rule import AUDITS
from rolecall.services.survey import Survey
from tests.builders import ACCOUNT, FOREIGN, HUB, NOW, ORGANIZATION, days_ago
from tests.fakes import FakeClock, FakeCoverage


def surveyed(*words, organization=ORGANIZATION, account_id=None):
    coverage = FakeCoverage(organization)
    for word in words:
        coverage.save(word)
    return list(Survey(coverage, FakeClock(NOW)).run(account_id))


def word(account_id=ACCOUNT, audit=AUDITS[0], **fields):
    given = {"account_id": account_id, "audit": audit, "run": "run-1", "at": NOW}
    return AccountCoverage(**{**given, **fields})


def state(member=None, account_id=ACCOUNT, **fields):
    accounts = {account_id: member} if member else {}
    organization = replace(ORGANIZATION, accounts=accounts)
    words = [word(account_id, **fields)] if fields or not member else []
    return surveyed(*words, organization=organization, account_id=account_id)[0].state


def test_tells_of_every_account_and_every_audit():
    seen = surveyed(word())

    assert [(each.account.id, each.audit) for each in seen] == [
        (account_id, audit) for account_id in (ACCOUNT, HUB) for audit in AUDITS
    ]


def test_tells_of_one_account_when_asked():
    assert {each.account.id for each in surveyed(account_id=HUB)} == {HUB}


def test_takes_the_audits_word():
    gap = Gap("account", "sts:AssumeRole", "AccessDenied", is_total=True)

    assert state() == "read"
    assert state(gaps=(gap,)) == "partial"
    assert state(gaps=(gap,), was_read=False) == "unread"


def test_what_was_not_asked_for_makes_nothing_partial():
    assert state(not_judged=("leaver",)) == "read"


def test_a_word_of_more_than_a_day_is_silence():
    assert state(at=NOW - timedelta(hours=26)) == "read"
    assert state(at=NOW - timedelta(hours=26, seconds=1)) == "silent"


def test_an_account_that_has_just_joined_is_new_and_not_silent():
    assert state(MemberAccount(id=ACCOUNT, joined_at=days_ago(1))) == "new"
    assert state(MemberAccount(id=ACCOUNT, joined_at=days_ago(1, seconds=1))) == "silent"


def test_a_suspended_account_is_listed_as_such():
    organization = replace(
        ORGANIZATION, accounts={FOREIGN: MemberAccount(id=FOREIGN, status="SUSPENDED")}
    )

    seen = surveyed(organization=organization)

    assert {each.state for each in seen if each.account.id == FOREIGN} == {"suspended"}


def test_there_is_nothing_to_tell_before_the_first_run():
    assert surveyed(organization=None) == []
