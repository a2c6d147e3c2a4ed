from rolecall.detections.sessions.change_without_mfa import change_without_mfa
from tests.builders import event, role_identity, user_identity

PEOPLE = {"users": ("*:user/people/*",)}


def judged(name="CreateRole", parameters=PEOPLE, *, user="people/alice", mfa=None, **fields):
    actor = user_identity(user)
    if mfa is not None:
        actor["sessionContext"] = {"attributes": {"mfaAuthenticated": mfa}}
    return change_without_mfa.judge(event(name, actor=actor, **fields), parameters)


def test_a_key_alone_is_told_once_a_day():
    [first], [again] = judged(), judged("DeleteRole")

    assert first.summary == (
        "user alice changed identities without MFA on 2026-11-23, first with CreateRole"
    )
    assert first.occasion == again.occasion


def test_a_session_without_a_second_factor_is_told():
    assert judged(mfa="false")


def test_a_second_factor_is_quiet():
    assert not judged(mfa="true")


def test_says_nothing_of_others_nor_until_somebody_is_named():
    assert not judged(user="programs/backup")
    assert not judged(parameters={})


def test_what_did_not_happen_is_quiet():
    assert not judged(error="AccessDenied")


def test_wants_changes_of_users_only():
    alice = user_identity("people/alice")

    assert change_without_mfa.wants(event("CreateRole", actor=alice))
    assert not change_without_mfa.wants(event("ListRoles", actor=alice, readOnly=True))
    assert not change_without_mfa.wants(event("CreateRole", actor=role_identity()))
