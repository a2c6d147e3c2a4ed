from dataclasses import replace

import pytest

from rolecall.comparisons.permissions.permissions_granted import permissions_granted
from rolecall.model.administrators_made import GRANTED
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, days_ago, held, role, trust_of
from tests.rights import DEPLOY, a_call, change_of, rights_change

PASS = held("iam:PassRole", f"arn:aws:iam::{ACCOUNT}:role/admin")
SECRETS = "secretsmanager:GetSecretValue"
ONE_SECRET = f"arn:aws:secretsmanager:us-east-1:{ACCOUNT}:secret:one"
TRAIL = "cloudtrail:DeleteTrail"
ONE_TRAIL = f"arn:aws:cloudtrail:us-east-1:{ACCOUNT}:trail/one"
WITH_MFA = {"Condition": {"Bool": {"aws:MultiFactorAuthPresent": "true"}}}


def with_policies(*policies):
    return replace(DEPLOY, policies=(*DEPLOY.policies, *policies))


def trusting(principal, **fields):
    return role("ci-deploy", trust=trust_of(principal), created_at=DEPLOY.created_at, **fields)


def granted(before, after, *, causes=()):
    change = change_of(rights_change(before, after), causes=causes)
    return permissions_granted.judge(change, {})


@pytest.mark.parametrize(
    ("given", "severity", "said"),
    [
        ((held("*"),), Severity.CRITICAL, "is now an administrator of its account"),
        ((PASS,), Severity.HIGH, "can now become an administrator: role ci-deploy"),
        (
            (held(SECRETS),),
            Severity.MEDIUM,
            f"can now read stored data and secrets ({SECRETS}) on every resource",
        ),
        ((held(TRAIL),), Severity.HIGH, f"({TRAIL}) on every resource"),
        ((held(TRAIL, ONE_TRAIL),), Severity.MEDIUM, f"({TRAIL}) on some resources"),
        ((held(TRAIL, **WITH_MFA),), Severity.MEDIUM, f"({TRAIL}) when conditions hold"),
        ((held("sqs:GetQueueUrl"),), Severity.LOW, "can now use sqs:GetQueueUrl on every resource"),
    ],
    ids=["administrator", "escalation", "sensitive", "heavy", "narrow", "conditional", "harmless"],
)
def test_weighs_what_was_gained(given, severity, said):
    [evidence] = granted(DEPLOY, with_policies(*given))

    assert evidence.severity is severity
    assert said in evidence.summary
    assert evidence.resource.arn == evidence.principal == DEPLOY.arn


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (DEPLOY, DEPLOY),
        (with_policies(PASS), DEPLOY),
        (DEPLOY, with_policies(PASS, held("iam:*", effect="Deny"))),
        (with_policies(held("*")), with_policies(PASS)),
    ],
    ids=["nothing", "lost", "denied", "less-than-before"],
)
def test_says_nothing_where_nothing_was_gained(before, after):
    assert granted(before, after) == []


def test_tells_the_same_action_on_more_resources():
    [evidence] = granted(with_policies(held(SECRETS, ONE_SECRET)), with_policies(held(SECRETS)))

    assert "can now, more widely than before, read stored data" in evidence.summary
    assert (evidence.severity, evidence.data["gained_count"]) == (Severity.MEDIUM, 0)
    assert evidence.data["widened"] == [SECRETS]


def test_tells_that_resources_changed_though_not_from_what():
    before = with_policies(held(SECRETS, ONE_SECRET))

    [evidence] = granted(before, with_policies(held(SECRETS, ONE_SECRET.replace("one", "two"))))

    assert "has its rights on other resources or under other conditions" in evidence.summary
    assert evidence.severity is Severity.LOW


@pytest.mark.parametrize(
    ("who", "rank", "severity"),
    [
        ("*", (), Severity.HIGH),
        ({"AWS": "777788889999"}, (), Severity.MEDIUM),
        ({"AWS": f"arn:aws:iam::{ACCOUNT}:role/other"}, (), Severity.LOW),
        ({"Service": "ec2.amazonaws.com"}, (), Severity.LOW),
        ({"AWS": "777788889999"}, (held("*"),), Severity.HIGH),
    ],
    ids=["anybody", "stranger", "own-account", "service", "into-an-administrator"],
)
def test_weighs_who_was_let_in(who, rank, severity):
    before = trusting({"Service": "lambda.amazonaws.com"}, policies=rank)

    [evidence] = granted(before, trusting(who, policies=rank))

    assert "can now be assumed by " in evidence.summary
    assert evidence.severity is severity


def test_lists_who_became_an_administrator():
    [evidence] = granted(DEPLOY, with_policies(held("*")))
    [other] = granted(DEPLOY, with_policies(PASS))

    assert evidence.data["administrators"] == [DEPLOY.arn]
    assert other.data["administrators"] == []
    assert permissions_granted.id == GRANTED


def test_says_that_a_principal_is_new():
    [evidence] = granted(None, replace(DEPLOY, created_at=days_ago(0)))

    assert evidence.summary.startswith("role ci-deploy, which is new, can now use lambda:")
    assert evidence.data["is_new"]


def test_tells_the_latest_call_and_names_those_before():
    calls = [
        a_call("PutRolePolicy", eventTime="2026-11-23T12:03:00Z"),
        a_call("DeleteRolePolicy", eventTime="2026-11-23T12:02:00Z"),
    ]

    [evidence] = granted(DEPLOY, with_policies(PASS), causes=calls)

    assert evidence.summary.endswith(
        "(PutRolePolicy, 2026-11-23 12:03 UTC); before it DeleteRolePolicy"
    )
    assert [each["name"] for each in evidence.data["events"]] == [
        "PutRolePolicy",
        "DeleteRolePolicy",
    ]


def test_names_few_actions_and_counts_them_all():
    [evidence] = granted(DEPLOY, with_policies(held("s3:*")))

    assert len(evidence.data["gained"]) == 12
    assert evidence.data["gained_count"] > 100
    assert len(evidence.summary) < 600


def test_tells_of_the_first_and_counts_the_others():
    first, second = DEPLOY, replace(DEPLOY, name="two", arn=DEPLOY.arn.replace("ci-deploy", "two"))
    changes = [
        rights_change(each, replace(each, policies=(*each.policies, held(SECRETS))))
        for each in (first, second)
    ]

    [evidence] = permissions_granted.judge(change_of(*changes), {})

    assert evidence.summary.startswith("role ci-deploy can now read stored data and secrets")
    assert "; role two changed with it. No event" in evidence.summary
    assert evidence.resource.arn == f"arn:aws:iam::{ACCOUNT}:root"
    assert evidence.data["principals"] == [first.arn, second.arn]
