from rolecall.detections.credentials.access_key_created import access_key_created
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, KEY_ID, event, role_identity, root_identity, user_identity


def judged(**fields):
    given = {
        "actor": user_identity("alice"),
        "response": {"accessKey": {"accessKeyId": KEY_ID, "userName": "alice"}},
    }
    return access_key_created.judge(event("CreateAccessKey", **{**given, **fields}), {})


def test_keeps_when_a_user_made_itself_a_key():
    [evidence] = judged()

    assert evidence.severity is None
    assert evidence.resource.arn == f"arn:aws:iam::{ACCOUNT}:user/alice"
    assert evidence.summary == f"user alice made itself access key {KEY_ID}"
    assert evidence.commands == (f"aws iam get-access-key-last-used --access-key-id {KEY_ID}",)


def test_says_so_where_the_answer_is_left_out():
    [evidence] = judged(response=None)

    assert evidence.summary.endswith("access key (not told)")
    assert evidence.commands == ()


def test_a_refused_attempt_is_told_once_a_day():
    [first], [again] = judged(error="AccessDenied"), judged(error="AccessDenied")

    assert first.severity is Severity.LOW
    assert first.occasion == again.occasion


def test_keys_for_others_are_told_by_other_rules():
    assert not judged(request={"userName": "bob"})
    assert not judged(actor=role_identity(), request={"userName": "bob"})
    assert not judged(actor=root_identity())


def test_a_quota_that_is_reached_is_quiet():
    assert not judged(error="LimitExceededException")
