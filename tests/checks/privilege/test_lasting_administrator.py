from dataclasses import replace

import pytest

from rolecall.checks.privilege.lasting_administrator import lasting_administrator
from rolecall.model.completeness import Part
from rolecall.model.finding import Status
from rolecall.model.settings import Settings
from rolecall.services.audit import Audit
from tests.builders import account, days_ago, finding, held, role
from tests.fakes import FakeAccounts, FakeCoverage, FakeExceptions, FakeFindings

ADMIN = role("incident", policies=(held("*"),))
MADE = finding(
    id="made",
    rule="permissions-granted",
    kind="detection",
    first_seen_at=days_ago(2),
    evidence={"administrators": [ADMIN.arn]},
)


def found(*earlier, principal=ADMIN, **parameters):
    snapshot = account(roles=[principal]).remembering(earlier)
    return lasting_administrator.judge(snapshot, parameters)


def test_tells_who_was_made_an_administrator_and_still_is():
    [evidence] = found(MADE)

    assert evidence.resource == ADMIN.resource
    assert evidence.summary == (
        "role incident was made an administrator on 2026-11-21 at 12:00 UTC, and still is one"
    )


def test_the_last_time_counts():
    again = replace(MADE, id="again", first_seen_at=days_ago(1, hours=1))

    [evidence] = found(again, MADE)

    assert evidence.data["administrator_since"] == "2026-11-22T11:00:00Z"


@pytest.mark.parametrize(
    "earlier",
    [
        replace(MADE, first_seen_at=days_ago(1)),
        replace(MADE, status=Status.SUPPRESSED),
        replace(MADE, rule="permissions-lost"),
        replace(MADE, evidence={"administrators": ["arn:aws:iam::111122223333:role/other"]}),
        replace(MADE, evidence={}),
    ],
    ids=["in-time", "suppressed", "another-rule", "somebody-else", "no-administrator"],
)
def test_is_silent_about_other_findings(earlier):
    assert found(earlier) == []


def test_is_silent_about_who_is_none_any_more():
    assert found(MADE, principal=replace(ADMIN, policies=(held("s3:*"),))) == []


def test_is_silent_about_administrators_of_whom_nothing_was_told():
    assert found() == []


def test_the_time_and_the_known_ones_can_be_set():
    assert found(MADE, max_age_hours=48) == []
    assert found(MADE, known_administrators=("arn:aws:iam::*:role/incident",)) == []


def test_does_not_judge_where_nobody_knows_what_was_told():
    assert Part.EARLIER_FINDINGS in lasting_administrator.needs


def test_an_audit_knows_what_was_told_and_leaves_it_as_it_is():
    findings = FakeFindings(MADE)
    snapshot = account(roles=[ADMIN])
    audit = Audit(
        FakeAccounts(snapshot),
        findings,
        FakeCoverage(),
        (lasting_administrator,),
        Settings(),
        FakeExceptions(),
    )

    audit.run(snapshot.id, "over-privilege", "run-1")

    assert {each.rule for each in findings.stored.values()} == {
        "lasting-administrator",
        "permissions-granted",
    }
    assert findings.stored[MADE.id] == MADE
