import json

import pytest

from rolecall.detections.bursts.identity_taken_over import identity_taken_over
from rolecall.model.severity import Severity
from rolecall.model.takeovers import STORIES
from tests.builders import document, role_identity, user_identity
from tests.detections.bursts.of_events import at, orders, sign_in, told

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"
OF_AWS = role_identity("AWSServiceRoleForSSO", path="/aws-service-role/sso.amazonaws.com/")
STEPS = {
    "was created": "CreateUser",
    "got an access key": "CreateAccessKey",
    "got a password": "CreateLoginProfile",
    "became an administrator": "AttachUserPolicy",
    "lost an MFA device": "DeactivateMFADevice",
}
OF_ROLES = {
    "was created": "CreateRole",
    "became an administrator": "AttachRolePolicy",
    "was opened to others": "UpdateAssumeRolePolicy",
}


def call(minutes, name, kind="user", whom="eve", **fields):
    request = {f"{kind}Name": whom, "policyArn": ADMIN}
    return at(minutes, name=name, **{"request": request, **fields})


def step(minutes, kind, words):
    if words == "signed in":
        return sign_in(minutes, "eve", answer="Success")
    return call(minutes, (OF_ROLES if kind == "role" else STEPS)[words], kind)


KEY_AND_RIGHTS = [
    call(0, "CreateUser"),
    call(1, "CreateAccessKey"),
    call(2, "AttachUserPolicy"),
]


@pytest.mark.parametrize("story", STORIES, ids=lambda each: f"{each.kind}: {each.steps}")
def test_each_story_is_told_by_its_steps(story):
    records = [step(n, story.kind, words) for n, words in enumerate(story.steps)]

    found = told(identity_taken_over, records)

    assert max(each.severity for each in found) is story.severity
    assert all(each.resource.arn.endswith("/eve") for each in found)


@pytest.mark.parametrize("records", orders(KEY_AND_RIGHTS))
def test_the_order_of_delivery_makes_no_difference(records):
    [worst] = told(identity_taken_over, records)

    assert worst.summary == (
        "user eve was created, got an access key and became an administrator within an hour"
    )
    assert worst.severity is Severity.CRITICAL


def test_a_policy_that_makes_an_administrator_counts_as_one():
    text = json.dumps(document())
    written = call(1, "PutUserPolicy", request={"userName": "eve", "policyDocument": text})

    [finding] = told(identity_taken_over, [call(0, "CreateUser"), written])

    assert finding.severity is Severity.HIGH


def test_a_story_is_one_finding_however_long_it_goes_on():
    more = [call(3 + n, "CreateAccessKey") for n in range(9)]

    [finding] = told(identity_taken_over, [*KEY_AND_RIGHTS, *more])

    assert finding.severity is Severity.CRITICAL


@pytest.mark.parametrize(
    "records",
    [
        KEY_AND_RIGHTS[:2],
        [call(0, "CreateUser"), call(90, "AttachUserPolicy")],
        [call(0, "CreateUser"), call(1, "AttachUserPolicy", whom="bob")],
        [call(0, "CreateUser"), call(1, "AttachUserPolicy", error="AccessDenied")],
        [call(0, "CreateUser", actor=OF_AWS), call(1, "AttachUserPolicy", actor=OF_AWS)],
        [
            call(0, "CreateUser"),
            call(1, "AttachUserPolicy", request={"userName": "eve", "policyArn": "arn:aws:x"}),
        ],
        [call(0, "AttachUserPolicy"), call(1, "CreateUser")],
        [sign_in(0, "eve", answer="Success"), call(1, "DeactivateMFADevice")],
        [call(0, "CreateAccessKey", actor=user_identity("eve")), sign_in(1, "eve")],
    ],
    ids=[
        "a user with a key",
        "slowly",
        "two users",
        "refused",
        "AWS itself",
        "another policy",
        "the other way round",
        "signed in before",
        "one's own key",
    ],
)
def test_is_quiet_otherwise(records):
    assert told(identity_taken_over, records) == []
