import json

import pytest

from rolecall.detections.permissions.inline_policy_written import inline_policy_written
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, document, event, role_identity

BY_SSO = role_identity("AWSServiceRoleForSSO", path="/aws-service-role/sso.amazonaws.com/")


def written(*args, kind="Role", text=None, **fields):
    request = {
        f"{kind.lower()}Name": "deploy",
        "policyName": "more",
        "policyDocument": json.dumps(document(*args)) if text is None else text,
    }
    given = event(f"Put{kind}Policy", **{"request": request, **fields})
    return inline_policy_written.judge(given, {})


def test_tells_a_harmless_policy_for_the_record():
    [evidence] = written("s3:GetObject", "arn:aws:s3:::reports/*")

    assert evidence.severity is Severity.INFORMATIONAL
    assert evidence.summary == (
        "user mallory wrote policy more into role deploy:"
        " it gives nothing sensitive on every resource"
    )
    assert evidence.commands == (
        "aws iam delete-role-policy --role-name deploy --policy-name more",
    )


@pytest.mark.parametrize(
    ("actions", "severity"),
    [
        ("iam:AttachUserPolicy", Severity.HIGH),
        ("iam:CreateUser", Severity.HIGH),
        ("iam:PassRole", Severity.HIGH),
        ("s3:*", Severity.MEDIUM),
        ("kms:Decrypt", Severity.LOW),
        ("ec2:Describe*", Severity.INFORMATIONAL),
    ],
)
def test_is_as_grave_as_what_the_policy_gives(actions, severity):
    [evidence] = written(actions)

    assert evidence.severity is severity


def test_says_which_way_the_policy_opens():
    [evidence] = written(["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"])

    assert "lets its holder become an administrator" in evidence.summary
    assert evidence.data["path"] == "lambda-001"


def test_leaves_administrators_to_the_rule_about_them():
    assert not written("*")


def test_judges_users_and_groups_too():
    [evidence] = written("s3:*", kind="Group")

    assert evidence.resource.arn == f"arn:aws:iam::{ACCOUNT}:group/deploy"


def test_says_so_when_the_event_does_not_show_the_policy():
    [evidence] = written(text="{")

    assert evidence.severity is Severity.MEDIUM
    assert evidence.summary.endswith("it is not shown by the event")


def test_ignores_what_failed_what_aws_does_and_what_names_nobody():
    assert not written("iam:*", error="AccessDenied")
    assert not written("s3:*", actor=BY_SSO)
    assert not written("s3:*", request={"omitted": True})
