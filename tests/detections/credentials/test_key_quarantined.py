import json

import pytest

from rolecall.detections.credentials.key_quarantined import key_quarantined
from rolecall.model.severity import Severity
from tests.builders import document, event

QUARANTINE = "arn:aws:iam::aws:policy/AWSCompromisedKeyQuarantineV3"


def judged(name="AttachUserPolicy", *, arn=QUARANTINE, **fields):
    given = {"request": {"userName": "bob", "policyArn": arn}}
    return key_quarantined.judge(event(name, **{**given, **fields}), {})


@pytest.mark.parametrize("actor", [None, {"type": "AWSService", "invokedBy": "aws.internal"}])
def test_quarantine_is_told_whoever_begins_it(actor):
    [evidence] = judged(actor=actor)

    assert evidence.severity is Severity.CRITICAL
    assert "put user bob into quarantine (AWSCompromisedKeyQuarantineV3)" in evidence.summary
    assert evidence.commands[0] == "aws iam list-access-keys --user-name bob"


def test_the_inline_policy_of_former_days_is_known():
    request = {
        "userName": "bob",
        "policyName": "AWSExposedCredentialPolicy_DO_NOT_REMOVE",
        "policyDocument": json.dumps(document("*", effect="Deny")),
    }

    assert judged("PutUserPolicy", request=request)


def test_its_end_is_told():
    [evidence] = judged("DetachUserPolicy")

    assert evidence.severity is Severity.HIGH
    assert "took user bob out of quarantine" in evidence.summary


def test_other_policies_are_quiet():
    assert not judged(arn="arn:aws:iam::aws:policy/ReadOnlyAccess")
    assert not judged("PutUserPolicy", request={"userName": "bob", "policyName": "DenyAll"})


def test_a_refused_attempt_is_quiet():
    assert not judged(error="AccessDenied")


def test_a_call_that_names_no_user_is_quiet():
    assert not judged(request=None)
