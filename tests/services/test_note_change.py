from rolecall.services.note_change import NoteChange
from tests.builders import ACCOUNT, NOW, days_ago, event
from tests.fakes import FakeChanges, FakeClock, FakeLooks


def a_note():
    return NoteChange(FakeChanges(), FakeLooks(), FakeClock(NOW))


def test_keeps_a_change_and_asks_for_a_look_at_its_account():
    note = a_note()

    assert note.run(event("PutRolePolicy", request={"roleName": "ci-deploy"}))

    [kept] = note.changes.since(ACCOUNT, days_ago(1))
    assert (kept.name, kept.touched) == ("PutRolePolicy", ("role/ci-deploy",))
    assert note.looks.asked == [(ACCOUNT, NOW)]


def test_looks_also_where_cloudtrail_left_out_the_request():
    note = a_note()

    assert note.run(event("PutRolePolicy"))
    assert note.looks.asked == [(ACCOUNT, NOW)]


def test_keeps_a_change_of_guardrails_for_all_accounts_and_asks_for_no_look():
    note = a_note()
    request = {"policyId": "p-1", "targetId": "ou-1"}

    assert note.run(event("DetachPolicy", source="organizations.amazonaws.com", request=request))

    [kept] = note.changes.since("organization", days_ago(1))
    assert kept.touched == ("organization/p-1",)
    assert note.looks.asked == []


def test_keeps_a_change_of_permission_sets_for_all_accounts_and_asks_for_no_look():
    note = a_note()
    request = {"permissionSetArn": "arn:aws:sso:::permissionSet/ssoins-1/ps-1"}

    assert note.run(
        event("PutInlinePolicyToPermissionSet", source="sso.amazonaws.com", request=request)
    )

    [kept] = note.changes.since("organization", days_ago(1))
    assert kept.permission_set == request["permissionSetArn"]
    assert not kept.touches_account(ACCOUNT)
    assert note.looks.asked == []


def test_ignores_what_changes_no_permissions():
    note = a_note()

    assert not note.run(event("CreateAccessKey"))
    assert not note.run(event("PutRolePolicy", error="AccessDenied"))
    assert not note.run(event("CreateAccountAssignment"))
    assert not note.run(event("CreatePermissionSet", source="sso.amazonaws.com"))
    assert note.changes.kept == {}
    assert note.looks.asked == []
