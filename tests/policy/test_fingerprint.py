from dataclasses import replace

import pytest

from rolecall.policy import Policy, PolicySet
from rolecall.policy.fingerprint import fingerprint

BUCKET = "arn:aws:s3:::example/*"
MFA = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}


def statement(*actions, effect="Allow", resource="*", **more):
    return {"Effect": effect, "Action": list(actions), "Resource": resource, **more}


def policy(*statements):
    return Policy.parse({"Version": "2012-10-17", "Statement": list(statements)})


def policies(*statements, **layers):
    return PolicySet(identity=(policy(*statements),), account_id="111122223333", **layers)


GET = statement("s3:GetObject", resource=BUCKET)
PUT = statement("s3:PutObject", resource=BUCKET)
BOTH = policies(GET, PUT)


@pytest.mark.parametrize(
    "spelled",
    [
        policies(PUT, GET),
        policies(statement("S3:getobject", "s3:PutObject", resource=[BUCKET])),
        policies(statement("s3:PutObject", "s3:GetObject", resource="arn:aws:s3:::example/**")),
        PolicySet(identity=(policy(GET), policy(PUT)), account_id="111122223333"),
        policies(GET, PUT, {**GET, "Condition": MFA}),
        policies(GET, PUT, statement("iam:CreateUser"), statement("iam:*", effect="Deny")),
        policies(GET, PUT, boundary=policy(statement("s3:*"))),
        policies(GET, PUT, scps=((policy(statement("*")),), (policy(statement("*")),))),
    ],
    ids=["order", "joined", "stars", "split", "idle condition", "denied", "boundary", "guardrails"],
)
def test_the_same_rights_have_the_same_fingerprint(spelled):
    assert fingerprint(spelled) == fingerprint(BOTH)


@pytest.mark.parametrize(
    "other",
    [
        policies(GET),
        policies(GET, PUT, statement("s3:DeleteObject", resource=BUCKET)),
        policies(GET, statement("s3:PutObject", resource="arn:aws:s3:::other/*")),
        policies(GET, statement("s3:PutObject")),
        policies(GET, {**PUT, "Condition": MFA}),
        policies(GET, PUT, statement("s3:PutObject", effect="Deny", Condition=MFA)),
        policies(GET, PUT, statement("brandnew:DoThis")),
        policies(GET, PUT, boundary=policy(statement("s3:GetObject"))),
        policies(GET, PUT, boundary=policy(statement("s3:*", Condition=MFA))),
        policies(GET, PUT, scps=((policy(statement("s3:*", resource=BUCKET)),),)),
    ],
)
def test_other_rights_have_another_fingerprint(other):
    assert fingerprint(other) != fingerprint(BOTH)


def test_a_wildcard_is_the_names_that_it_stands_for():
    written_out = ("sqs:ListQueues", "sqs:ListQueueTags", "sqs:ListDeadLetterSourceQueues")

    wild = policies(statement("sqs:List*"))

    names = policies(statement(*written_out, "sqs:ListMessageMoveTasks"))
    assert fingerprint(wild) == fingerprint(names)


def test_whoever_may_do_nothing_has_the_fingerprint_of_nothing():
    denied = policies(GET, statement("*", effect="Deny"))

    assert fingerprint(denied) == fingerprint(PolicySet(account_id="111122223333"))


def test_conditions_are_compared_as_sets_of_values():
    def limited(*regions):
        return policies({**GET, "Condition": {"StringEquals": {"AWS:RequestedRegion": regions}}})

    assert fingerprint(limited("eu-west-1", "us-east-1")) == fingerprint(
        policies(
            {
                **GET,
                "Condition": {"StringEquals": {"aws:RequestedRegion": ["us-east-1", "eu-west-1"]}},
            }
        )
    )
    assert fingerprint(limited("eu-west-1")) != fingerprint(limited("us-east-1"))


def test_what_was_found_out_before_makes_no_difference():
    again = replace(BOTH)

    assert fingerprint(again) == fingerprint(BOTH) == fingerprint(policies(GET, PUT))
