from rolecall.detections.credentials.user_created import user_created
from rolecall.model.creators import CREATED
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, event, role_identity, root_identity, user_identity

ARN = f"arn:aws:iam::{ACCOUNT}:user/team/bob"


def created(**fields):
    given = {
        "request": {"userName": "bob", "path": "/team/"},
        "response": {"user": {"userName": "bob", "path": "/team/", "arn": ARN}},
    }
    return user_created.judge(event("CreateUser", **{**given, **fields}), {})


def test_is_the_detection_that_audits_ask_for():
    assert user_created.id in CREATED


def test_keeps_who_made_the_user_and_when():
    [evidence] = created(actor=role_identity("admin", "alice@example.com"))

    assert evidence.summary == "role admin (session alice@example.com) created user bob"
    assert evidence.resource.arn == ARN
    assert evidence.data == {
        "user_name": "bob",
        "creator": f"arn:aws:iam::{ACCOUNT}:role/admin",
        "creator_name": "role admin (session alice@example.com)",
        "created_at": "2026-11-23T12:00:00Z",
    }


def test_is_no_more_than_low():
    [evidence] = created(actor=user_identity("alice"))

    assert evidence.severity is None
    assert user_created.severity is Severity.LOW


def test_finds_the_user_at_its_path_where_the_answer_is_left_out():
    [evidence] = created(response=None)

    assert evidence.resource.arn == ARN


def test_tells_of_the_root_user_like_of_anybody():
    [evidence] = created(actor=root_identity())

    assert evidence.data["creator_name"] == f"the root user of {ACCOUNT}"


def test_names_no_creator_where_the_event_names_none():
    [evidence] = created(actor={"type": "AWSService", "invokedBy": "example.amazonaws.com"})

    assert "creator" not in evidence.data


def test_tells_a_refused_attempt_without_a_creator():
    [evidence] = created(error="AccessDenied", response=None)

    assert evidence.severity is Severity.LOW
    assert "creator" not in evidence.data


def test_other_failures_are_quiet():
    assert not created(error="EntityAlreadyExistsException", response=None)


def test_a_deployment_is_information():
    [evidence] = created(actor=role_identity(invokedBy="cloudformation.amazonaws.com"))

    assert evidence.severity is Severity.INFORMATIONAL


def test_an_instance_has_no_business_to_make_users():
    [evidence] = created(actor=role_identity("web", "i-0123456789abcdef0"))

    assert evidence.severity is Severity.HIGH
