import json

from rolecall.detections.permissions.managed_policy_written import managed_policy_written
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, document, event

ARN = f"arn:aws:iam::{ACCOUNT}:policy/shared"


def judged(name, request, **fields):
    return managed_policy_written.judge(event(name, request=request, **fields), {})


def created(*args, **fields):
    text = json.dumps(document(*args))
    return judged("CreatePolicy", {"policyName": "shared", "policyDocument": text}, **fields)


def version(*args, is_default=True):
    request = {
        "policyArn": ARN,
        "policyDocument": json.dumps(document(*args)),
        "setAsDefault": is_default,
    }
    response = {"policyVersion": {"versionId": "v7"}}
    return judged("CreatePolicyVersion", request, response=response)


def test_finds_a_policy_that_makes_administrators_high():
    [evidence] = created("*")

    assert evidence.severity is Severity.HIGH
    assert evidence.resource.arn == ARN
    assert evidence.summary == (
        "user mallory wrote policy shared: it makes an administrator of its holder"
    )


def test_tells_a_harmless_policy_for_the_record():
    [evidence] = created("s3:GetObject", "arn:aws:s3:::reports/*")

    assert evidence.severity is Severity.INFORMATIONAL


def test_judges_a_new_version_that_is_the_default():
    [evidence] = version("iam:AttachUserPolicy")

    assert evidence.severity is Severity.HIGH
    assert evidence.commands == (f"aws iam get-policy-version --policy-arn {ARN} --version-id v7",)


def test_weighs_a_version_that_is_not_the_default_less():
    [evidence] = version("*", is_default=False)

    assert evidence.severity is Severity.LOW
    assert evidence.summary.endswith("once it is the default")


def test_finds_a_step_back_to_another_version_medium():
    [evidence] = judged("SetDefaultPolicyVersion", {"policyArn": ARN, "versionId": "v1"})

    assert evidence.severity is Severity.MEDIUM
    assert evidence.summary == "user mallory went to version v1 of policy shared"


def test_says_so_when_the_event_does_not_show_the_policy():
    [evidence] = judged("CreatePolicy", {"policyName": "shared"})

    assert evidence.severity is Severity.MEDIUM


def test_keeps_the_path_of_a_policy():
    request = {"policyName": "shared", "path": "/team/", "policyDocument": "{}"}

    [evidence] = judged("CreatePolicy", request)

    assert evidence.resource.arn == f"arn:aws:iam::{ACCOUNT}:policy/team/shared"


def test_ignores_what_failed_and_what_names_nothing():
    assert not created("*", error="AccessDenied")
    assert not judged("CreatePolicy", None)
