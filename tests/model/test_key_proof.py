import pytest

from rolecall.model.credentials import NEVER_USED, UNKNOWN_USE
from rolecall.model.key_proof import KeyProof, KnownKey, Lookup, Verdict
from tests.builders import KEY_ID, NOW, days_ago, event, last_use


def known_key(**fields):
    given = {
        "id": KEY_ID,
        "user_name": "alice",
        "is_active": True,
        "created_at": days_ago(400),
        "last_use": last_use(200),
        "other_keys": {},
    }
    return KnownKey(**{**given, **fields})


def lookup(*events, **fields):
    return Lookup(**{"region": "us-east-1", "since": days_ago(90), "events": events, **fields})


def proof(*lookups, idle_days=90, **key):
    return KeyProof(
        key=known_key(**key), at=NOW, idle_days=idle_days, lookups=lookups or (lookup(),)
    )


def called(at="2026-11-20T12:00:00Z", ip="203.0.113.7", agent="aws-cli/2.31.0 md/x", **fields):
    return event(
        "DescribeInstances",
        source="ec2.amazonaws.com",
        eventTime=at,
        sourceIPAddress=ip,
        userAgent=agent,
        **fields,
    )


def test_a_key_that_nobody_used_may_go():
    idle = proof()

    assert idle.verdict is Verdict.MAY_GO
    assert idle.reason == (
        "it was last used on 2026-05-07 for s3, and CloudTrail saw no call since 2026-08-25"
        " in us-east-1"
    )


def test_a_key_that_was_never_used_may_go():
    assert proof(last_use=NEVER_USED).verdict is Verdict.MAY_GO


def test_a_key_that_is_younger_than_it_must_have_been_idle_is_not_known():
    young = proof(last_use=NEVER_USED, created_at=days_ago(100), idle_days=365)

    assert young.verdict is Verdict.NOT_KNOWN
    assert young.reason == "it dates from 2026-08-15 and is not 365 days old"
    assert proof(last_use=NEVER_USED, created_at=days_ago(90)).verdict is Verdict.NOT_KNOWN
    assert proof(created_at=days_ago(90, seconds=1)).verdict is Verdict.MAY_GO


def test_a_young_key_in_use_is_in_use():
    assert proof(last_use=last_use(1), created_at=days_ago(2)).verdict is Verdict.IN_USE


def test_a_use_that_iam_remembers_is_a_use_though_cloudtrail_saw_none():
    """Reading S3 objects is no management event."""
    busy = proof(last_use=last_use(90))

    assert busy.verdict is Verdict.IN_USE
    assert busy.reason == "it was used on 2026-08-25"


def test_a_use_that_cloudtrail_saw_is_a_use_though_iam_does_not_tell_yet():
    busy = proof(lookup(called()))

    assert busy.verdict is Verdict.IN_USE
    assert busy.reason == "it was used on 2026-11-20"


def test_a_history_that_could_not_be_read_proves_nothing():
    blind = proof(lookup(), lookup(region="eu-west-1", error="AccessDenied: no"))

    assert blind.verdict is Verdict.NOT_KNOWN
    assert blind.reason == "the event history of eu-west-1 could not be read"


def test_an_unknown_last_use_proves_nothing():
    blind = proof(last_use=UNKNOWN_USE)

    assert blind.verdict is Verdict.NOT_KNOWN
    assert blind.reason == "its last use could not be read"


@pytest.mark.parametrize(("idle_days", "verdict"), [(199, Verdict.MAY_GO), (200, Verdict.IN_USE)])
def test_follows_the_days_that_were_asked_for(idle_days, verdict):
    assert proof(idle_days=idle_days).verdict is verdict


def test_tells_who_used_it_from_where_the_latest_first():
    calls = [
        called("2026-11-18T12:00:00Z"),
        called("2026-11-20T12:00:00Z", ip="203.0.113.99"),
        called("2026-11-21T12:00:00Z", ip="2001:db8:1:2::3", agent="Boto3/1.43.0 md/Botocore"),
        called("2026-11-19T12:00:00Z", ip="cloudformation.amazonaws.com", agent=""),
    ]

    latest, cli, service = proof(lookup(*calls)).callers

    assert (latest.agent, latest.network) == ("Boto3/1.43.0", "2001:db8:1::/48")
    assert (cli.agent, cli.network, cli.calls) == ("aws-cli/2.31.0", "203.0.113.0/24", 2)
    assert (cli.first_at, cli.last_at) == (days_ago(5), days_ago(3))
    assert cli.services == ("ec2",)
    assert (service.agent, service.network) == ("unnamed agent", "cloudformation.amazonaws.com")
