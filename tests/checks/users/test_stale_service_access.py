from rolecall.checks.users.stale_service_access import stale_service_access
from rolecall.model.service_access import ServiceAccess
from tests.builders import account, days_ago, held, user


def evidence_for(namespace, used_at, *, user_days_old=900, **parameters):
    alice = user("alice", days_old=user_days_old, policies=(held(f"{namespace}:*"),))
    accessed = {alice.arn: (ServiceAccess(namespace, used_at),)}
    return stale_service_access.judge(account(alice, service_last_accessed=accessed), parameters)


def test_flags_bedrock_that_was_used_too_long_ago():
    [evidence] = evidence_for("bedrock", days_ago(61))

    assert evidence.summary == "user alice may use bedrock and used it last on 2026-09-23"


def test_accepts_the_last_second_and_flags_the_next():
    assert not evidence_for("bedrock", days_ago(60))
    assert evidence_for("bedrock", days_ago(60, seconds=1))


def test_has_a_longer_period_for_sagemaker():
    assert not evidence_for("sagemaker", days_ago(90))
    assert evidence_for("sagemaker", days_ago(90, seconds=1))


def test_counts_what_was_never_used_from_the_creation_of_the_user():
    [evidence] = evidence_for("bedrock", None)

    assert evidence.summary == "user alice may use bedrock and never did, as far as IAM remembers"
    assert not evidence_for("bedrock", None, user_days_old=60)


def test_ignores_other_services():
    assert not evidence_for("s3", days_ago(400))


def test_says_nothing_of_users_of_whom_nothing_is_known():
    assert not stale_service_access.judge(account(user(days_old=900)), {})


def test_follows_the_configured_periods():
    assert evidence_for("bedrock", days_ago(31), bedrock_unused_days=30)
