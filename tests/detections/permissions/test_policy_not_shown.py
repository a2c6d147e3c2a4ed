import pytest

from rolecall.detections.permissions.policy_not_shown import policy_not_shown
from tests.builders import event

OMITTED = {"reason": "requestParameters too large", "originalSize": 110101, "omitted": True}


def judged(name="PutUserPolicy", *, request=OMITTED, **fields):
    given = event(name, request=request, **fields)
    return policy_not_shown.judge(given, {}) if policy_not_shown.wants(given) else []


@pytest.mark.parametrize("name", ["PutUserPolicy", "CreatePolicyVersion", "CreateRole"])
def test_tells_of_a_policy_that_the_record_leaves_out(name):
    [evidence] = judged(name)

    assert evidence.summary == (
        f"user mallory called {name} with parameters too long for CloudTrail"
    )


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("organizations.amazonaws.com", "UpdatePolicy"),
        ("sso.amazonaws.com", "PutInlinePolicyToPermissionSet"),
    ],
)
def test_tells_of_it_in_other_services(source, name):
    assert judged(name, source=source)


def test_is_quiet_where_the_policy_is_shown():
    assert not judged(request={"userName": "bob", "policyDocument": "{}"})
    assert not judged(request=None)


def test_is_quiet_about_attempts_and_other_calls():
    assert not judged(error="AccessDenied")
    assert not judged("CreateUser")
