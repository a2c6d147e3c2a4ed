from dataclasses import replace
from datetime import timedelta

import pytest

from rolecall.checks.keys.access_key_rotation import access_key_rotation
from rolecall.model.finding import Status
from rolecall.model.settings import Settings
from rolecall.services.audit import Audit
from rolecall.services.suppress import Decision, Suppress, SuppressionError
from tests.builders import ACCOUNT, NOW, access_key, account, an_exception, finding, user
from tests.fakes import FakeAccounts, FakeClock, FakeCoverage, FakeExceptions, FakeFindings

DECISION = Decision(
    owner="ops@example.com", reason="it is known", ends_on=(NOW + timedelta(days=30)).date()
)
OPEN = finding()
ORIGIN = "stored by somebody"


def a_suppress(*findings):
    table = FakeFindings(*findings)
    return Suppress(table, table, FakeExceptions(), FakeClock(NOW))


def test_the_finding_says_at_once_that_it_is_suppressed_by_whom_and_why():
    suppress = a_suppress(OPEN)

    suppressed = suppress.suppress(OPEN.id, DECISION, ORIGIN)

    assert suppress.search.get(OPEN.id) == suppressed
    assert suppressed.status is Status.SUPPRESSED
    assert suppressed.exception.owner == "ops@example.com"
    assert suppressed.exception.origin == ORIGIN
    same = replace(suppressed, status=OPEN.status, exception=None, changed_at=OPEN.changed_at)
    assert same == OPEN


def test_suppressing_again_changes_the_end_of_the_same_exception():
    suppress = a_suppress(OPEN)
    suppress.suppress(OPEN.id, DECISION, ORIGIN)

    suppress.suppress(OPEN.id, replace(DECISION, ends_on=NOW.date()), ORIGIN)

    [stored] = suppress.exceptions.all()
    assert stored.ends_on == NOW.date()


def test_unsuppressing_forgets_the_exception_and_opens_the_finding():
    suppress = a_suppress(OPEN)
    suppress.suppress(OPEN.id, DECISION, ORIGIN)

    opened = suppress.unsuppress(OPEN.id)

    assert opened.is_open
    assert not suppress.exceptions.all()


@pytest.mark.parametrize(
    ("stored", "ends_on", "sentence"),
    [
        ((), DECISION.ends_on, "there is no finding"),
        ((finding(status=Status.RESOLVED),), DECISION.ends_on, "is resolved"),
        ((OPEN,), NOW.date() - timedelta(days=1), "2026-11-22 is over"),
    ],
)
def test_says_why_there_is_nothing_to_suppress(stored, ends_on, sentence):
    suppress = a_suppress(*stored)

    with pytest.raises(SuppressionError, match=sentence):
        suppress.suppress(OPEN.id, replace(DECISION, ends_on=ends_on), ORIGIN)

    assert not suppress.exceptions.all()


def test_what_a_reviewed_exception_suppresses_is_opened_where_that_is_written():
    reviewed = an_exception(rule=OPEN.rule, scope=an_exception().scope)
    suppress = a_suppress(replace(OPEN, status=Status.SUPPRESSED, exception=reviewed))

    with pytest.raises(SuppressionError, match=r"is exceptions\[1\]"):
        suppress.unsuppress(OPEN.id)
    with pytest.raises(SuppressionError, match="is not suppressed"):
        a_suppress(OPEN).unsuppress(OPEN.id)


def test_no_audit_undoes_it_before_its_end_and_the_first_one_after_does():
    snapshot = account(user(keys=[access_key(days_old=100)]))
    table, exceptions = FakeFindings(), FakeExceptions()
    accounts = FakeAccounts(snapshot)
    checks = (access_key_rotation,)
    audit = Audit(accounts, table, FakeCoverage(), checks, Settings(), exceptions)
    audit.run(ACCOUNT, "key-rotation", "run-1")
    [found] = table.stored.values()
    Suppress(table, table, exceptions, FakeClock(NOW)).suppress(found.id, DECISION, ORIGIN)
    writes = table.writes

    for days in (0, 1, 30):
        accounts.snapshots[ACCOUNT] = replace(snapshot, taken_at=NOW + timedelta(days=days))
        audit.run(ACCOUNT, "key-rotation", f"run after {days} days")
    assert table.stored[found.id].status is Status.SUPPRESSED
    assert table.writes == writes

    accounts.snapshots[ACCOUNT] = replace(snapshot, taken_at=NOW + timedelta(days=31))
    audit.run(ACCOUNT, "key-rotation", "run-last")
    opened = table.stored[found.id]
    assert opened.is_open
    assert opened.exception.epitaph(opened.changed_at).startswith(
        f"The exception for finding {found.id} ended on 2026-12-23."
    )
