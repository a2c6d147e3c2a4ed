import pytest

from rolecall.checks.keys.long_lived_key_in_use import long_lived_key_in_use
from rolecall.model.credentials import UNKNOWN_USE, LastUse, Use
from rolecall.model.severity import Severity
from tests.builders import KEY_ID, access_key, account, days_ago, held, user


def evidence_for(key, **parameters):
    alice = user("alice", keys=[key], policies=(held("s3:GetObject"),))
    return long_lived_key_in_use.judge(account(alice), parameters)


def used(at, service="s3"):
    return access_key(days_old=60, last_use=LastUse(Use.USED, at, service, "eu-west-1"))


def test_flags_a_key_that_a_workload_runs_on():
    [evidence] = evidence_for(used(days_ago(1)))

    assert evidence.summary == (
        f"user alice works with access key {KEY_ID}, not with temporary credentials"
    )
    assert evidence.severity is Severity.LOW


@pytest.mark.parametrize("service", ["sts", "iam"])
def test_accepts_a_key_that_only_fetches_temporary_credentials(service):
    assert not evidence_for(used(days_ago(1), service))


def test_leaves_keys_that_nobody_uses_to_their_own_rule():
    assert evidence_for(used(days_ago(45)))
    assert not evidence_for(used(days_ago(45, seconds=1)))
    assert not evidence_for(access_key(days_old=60))


def test_says_nothing_where_use_or_service_are_not_known():
    assert not evidence_for(access_key(days_old=60, last_use=UNKNOWN_USE))
    assert not evidence_for(used(days_ago(1), service=""))


def test_ignores_a_deactivated_key():
    assert not evidence_for(access_key(days_old=60, used=1, active=False))


def test_says_the_same_after_the_next_use():
    assert evidence_for(used(days_ago(2), "s3")) == evidence_for(used(days_ago(1), "ec2"))


def test_follows_the_configured_period():
    assert not evidence_for(used(days_ago(31)), recent_days=30)
