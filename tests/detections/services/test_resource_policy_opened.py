import json

import pytest

from rolecall.detections.services.resource_policy_opened import resource_policy_opened
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, FOREIGN, event, trust_of

SECRETS = "secretsmanager.amazonaws.com"


def judged(policy, parameters=None, **fields):
    request = {"secretId": "prod/db", "resourcePolicy": json.dumps(policy)}
    call = event("PutResourcePolicy", source=SECRETS, **{"request": request, **fields})
    return resource_policy_opened.judge(call, parameters or {})


def test_anyone_is_high():
    [evidence] = judged(trust_of("*"))

    assert evidence.severity is Severity.HIGH
    assert evidence.summary == "user mallory opened prod/db of secretsmanager to anyone"


def test_another_account_is_medium_until_it_is_trusted():
    policy = trust_of({"AWS": [f"arn:aws:iam::{FOREIGN}:root", ACCOUNT]})

    [evidence] = judged(policy)

    assert evidence.severity is Severity.MEDIUM
    assert evidence.data["admitted"] == [FOREIGN]
    assert not judged(policy, {"trusted_accounts": (FOREIGN,)})


@pytest.mark.parametrize(
    "policy",
    [
        trust_of({"AWS": ACCOUNT, "Service": "s3.amazonaws.com"}),
        trust_of("*", {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}),
        trust_of("*", {"StringEquals": {"AWS:SourceOwner": ACCOUNT}}),
        trust_of("*", effect="Deny"),
    ],
)
def test_the_account_the_organization_and_a_deny_are_quiet(policy):
    assert not judged(policy)


def test_a_condition_on_how_to_ask_limits_nobody():
    assert judged(trust_of("*", {"Bool": {"aws:SecureTransport": "true"}}))


@pytest.mark.parametrize(
    ("source", "name", "request_"),
    [
        ("s3", "PutBucketPolicy", {"bucketPolicy": trust_of("*")}),
        ("sqs", "SetQueueAttributes", {"attributes": {"Policy": json.dumps(trust_of("*"))}}),
        ("sns", "SetTopicAttributes", {"attributeValue": json.dumps(trust_of("*"))}),
        ("glacier", "SetVaultAccessPolicy", {"policy": {"policy": json.dumps(trust_of("*"))}}),
    ],
)
def test_finds_the_policy_where_each_call_has_it(source, name, request_):
    call = event(name, source=f"{source}.amazonaws.com", request=request_)

    assert resource_policy_opened.judge(call, {})


@pytest.mark.parametrize("value", ["Pay", "{", None, {"Policy": 7}])
def test_an_attribute_that_is_no_policy_is_quiet(value):
    call = event(
        "SetTopicAttributes", source="sns.amazonaws.com", request={"attributeValue": value}
    )

    assert not resource_policy_opened.judge(call, {})


def test_a_refused_attempt_is_quiet():
    assert not judged(trust_of("*"), error="AccessDenied")
