"""Users newer than the credential report are judged by what they were asked for one by one."""

from datetime import timedelta

from rolecall.catalog import CHECKS
from rolecall.model.completeness import Part, State
from rolecall.model.finding import Status
from rolecall.model.settings import Settings
from rolecall.services.assemble import assemble
from rolecall.services.audit import Audit
from rolecall.services.snapshot_document import parse_snapshot, snapshot_document
from tests.adapters.iam_answers import key_1, page, raw, report, report_row, user_detail
from tests.builders import ACCOUNT, KEY_ID, NOW, days_ago
from tests.fakes import FakeAccounts, FakeCoverage, FakeExceptions, FakeFindings

SINCE = days_ago(0, hours=1)
KEY = {"UserName": "alice", "AccessKeyId": KEY_ID, "Status": "Active", "CreateDate": SINCE}
ASKED = {
    "access_keys": [KEY],
    "login_profile": {"UserName": "alice", "CreateDate": SINCE},
    "mfa_devices": [],
}


def newcomer(asked=ASKED):
    """Return an account with alice, whom its report cannot know."""
    old = report(generated_at=days_ago(0, hours=2))
    details = page(users=[user_detail(CreateDate=SINCE)])
    return raw(details, report=old, answers={Part.NEW_USERS: {"alice": asked}})


def test_a_file_says_the_same_of_new_users():
    after = assemble(parse_snapshot(snapshot_document(newcomer())))

    [alice] = after.users
    [key] = alice.credentials.access_keys
    assert (key.id, key.created_at) == (KEY_ID, SINCE)
    assert alice.credentials.password.changed_at == SINCE
    assert not after.gaps


def test_what_makes_no_sense_of_a_new_user_is_a_gap_that_passes():
    account = assemble(newcomer({**ASKED, "login_profile": {}}))

    [gap] = account.gaps
    assert gap.is_passing
    assert "the answer makes no sense: KeyError" in gap.error
    assert account.users[0].credentials is None
    assert account.completeness(Part.NEW_USERS).state is State.FAILED


def test_findings_of_a_new_user_keep_their_ids_when_the_report_knows_it():
    row = report_row(
        user_creation_time=SINCE.isoformat(),
        password_enabled="true",
        password_last_changed=SINCE.isoformat(),
        **{**key_1(), "access_key_1_last_rotated": SINCE.isoformat()},
    )
    known = raw(
        page(users=[user_detail(CreateDate=SINCE)]),
        report=report(row),
        access_keys={"alice": [KEY]},
        taken_at=NOW + timedelta(hours=3),
    )
    findings = FakeFindings()

    audited(newcomer(), findings)
    before = of_alice(findings)
    written = findings.writes
    audited(newcomer(), findings)
    unchanged = findings.writes
    audited(known, findings)

    assert {"console-without-mfa", "password-and-access-keys"} <= set(before.values())
    assert unchanged == written
    assert of_alice(findings) == before


def audited(raw_account, findings):
    accounts = FakeAccounts(assemble(raw_account))
    audit = Audit(accounts, findings, FakeCoverage(), CHECKS, Settings(), FakeExceptions())
    for kind in ("key-rotation", "user-age"):
        audit.run(ACCOUNT, kind, "run")


def of_alice(findings):
    """Return the open findings about alice: their rules by their ids."""
    return {
        each.id: each.rule
        for each in findings.stored.values()
        if each.status is Status.OPEN and (each.principal or "").endswith("user/alice")
    }
