import pytest

from rolecall.adapters.activity_in_memory import SessionsInMemory
from rolecall.model.kept_change import kept_change
from rolecall.services.follow_sessions import FollowSessions
from tests.builders import FOREIGN, event, role_identity, user_identity

PROVIDER = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
GITHUB = {
    "type": "WebIdentityUser",
    "principalId": f"{PROVIDER}:sts.amazonaws.com",
    "userName": "repo:example/shop:ref:refs/heads/main",
    "identityProvider": PROVIDER,
}


@pytest.fixture
def follow():
    return FollowSessions(SessionsInMemory()).run


def opened(key, name="AssumeRole", **fields):
    given = {
        "source": "sts.amazonaws.com",
        "readOnly": True,
        "request": {"roleArn": "arn:aws:iam::111122223333:role/deploy"},
        "response": {"credentials": {"accessKeyId": key}},
    }
    return event(name, **{**given, **fields})


def change(key, role="deploy", **fields):
    return event("PutRolePolicy", actor=role_identity(role, accessKeyId=key), **fields)


def test_tells_who_opened_the_session_of_whoever_made_a_change(follow):
    follow(opened("ASIA1", actor=user_identity("anna")))

    followed = follow(change("ASIA1"))

    assert followed.actor.came_from == ("user anna",)
    assert "role deploy (session build-42), who came from user anna" in kept_change(followed).who


def test_goes_back_from_role_to_role(follow):
    follow(opened("ASIA1", actor=GITHUB, name="AssumeRoleWithWebIdentity"))
    follow(opened("ASIA2", actor=role_identity("ci", accessKeyId="ASIA1")))

    assert follow(change("ASIA2")).actor.came_from == (
        "role ci (session build-42)",
        "repo:example/shop:ref:refs/heads/main (a GitHub workflow)",
    )


def test_of_two_records_of_one_call_the_one_that_names_somebody_counts(follow):
    stranger = {"type": "AWSAccount", "accountId": FOREIGN, "principalId": "AROAX:session"}
    named = opened("ASIA1", actor=user_identity("anna"))
    unnamed = opened("ASIA1", actor=stranger)

    follow(unnamed)
    assert follow(change("ASIA1")).actor.came_from == (f"somebody of account {FOREIGN}",)
    follow(named)
    follow(unnamed)
    assert follow(change("ASIA1")).actor.came_from == ("user anna",)


def test_a_circle_comes_to_an_end(follow):
    follow(opened("ASIA1", actor=role_identity("a", accessKeyId="ASIA1")))

    assert len(follow(change("ASIA1")).actor.came_from) == 5


@pytest.mark.parametrize(
    "opening",
    [
        opened("ASIA2"),
        opened("ASIA1", error="AccessDenied"),
        opened("ASIA1", source="iam.amazonaws.com"),
        opened("ASIA1", name="GetCallerIdentity"),
        opened("ASIA1", response=None),
        opened("ASIA1", actor={"type": "AWSService", "invokedBy": "lambda.amazonaws.com"}),
    ],
    ids=["another key", "refused", "another service", "another call", "no answer", "a service"],
)
def test_says_nothing_where_nothing_was_seen(follow, opening):
    follow(opening)

    made = change("ASIA1")
    assert follow(made) == made


def test_a_long_lived_key_is_its_users_own(follow):
    follow(opened("AKIAIOSFODNN7EXAMPLE", actor=user_identity("anna")))

    made = change("AKIAIOSFODNN7EXAMPLE")
    assert follow(made) == made
