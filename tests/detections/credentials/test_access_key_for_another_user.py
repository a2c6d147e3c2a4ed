from rolecall.detections.credentials.access_key_for_another_user import access_key_for_another_user
from tests.builders import ACCOUNT, KEY_ID, event, role_identity, root_identity, user_identity


def created(owner="bob", *, actor=None, named=True, **fields):
    given = {
        "actor": actor or user_identity("mallory"),
        "request": {"userName": owner} if named else None,
        "response": {"accessKey": {"userName": owner, "accessKeyId": KEY_ID, "status": "Active"}},
    }
    return access_key_for_another_user.judge(event("CreateAccessKey", **{**given, **fields}), {})


def test_flags_a_key_made_for_somebody_else():
    [evidence] = created("bob")

    assert evidence.summary == f"user mallory created access key {KEY_ID} for user bob"
    assert evidence.resource.arn == f"arn:aws:iam::{ACCOUNT}:user/bob"


def test_accepts_a_user_who_rotates_its_own_key():
    assert not created("alice", actor=user_identity("alice"))


def test_accepts_a_user_at_a_path_who_rotates_its_own_key():
    assert not created("alice", actor=user_identity("team/alice"))


def test_does_not_take_a_user_whose_name_ends_alike_for_the_owner():
    assert created("alice", actor=user_identity("malice"))


def test_accepts_a_user_who_makes_a_key_without_naming_itself():
    assert not created("alice", actor=user_identity("alice"), named=False)


def test_flags_a_role_that_makes_keys_for_users():
    [evidence] = created("bob", actor=role_identity("ci-deploy", "build-42"))

    assert evidence.summary.startswith("role ci-deploy (session build-42) created access key")


def test_flags_the_root_user_that_makes_keys_for_users():
    assert created("bob", actor=root_identity())


def test_ignores_a_denied_attempt():
    assert not created("bob", error="AccessDenied", response=None)


def test_ignores_a_key_of_the_root_user_which_is_root_activity():
    assert not created("", actor=root_identity(), named=False, response={"accessKey": {}})


def test_finds_a_key_made_through_a_deployment_no_better():
    actor = role_identity("deployer", invokedBy="cloudformation.amazonaws.com")

    [evidence] = created("bob", actor=actor)

    assert evidence.severity is None


def test_quotes_names_that_a_recorded_event_may_hold():
    [evidence] = created("$(rm -rf ~); x")

    assert evidence.commands[0].startswith(
        "aws iam update-access-key --user-name='$(rm -rf ~); x' --access-key-id "
    )


def test_lets_no_name_pass_for_an_option():
    [evidence] = created("--debug")

    assert "--user-name=--debug " in evidence.commands[0]


def test_survives_an_answer_of_another_shape():
    [evidence] = created("bob", response={"accessKey": "omitted"})

    assert "created access key KEY_ID for user bob" in evidence.summary
