import json

import pytest

from tests.builders import document
from tools.acceptance import overprivilege

ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess"


@pytest.mark.parametrize(
    ("action", "resource", "check", "flagged"),
    [
        ("*", "*", "AdminPolicyDocument", True),
        ("s3:*", "*", "AdminPolicyDocument", False),
        ("s3:GetObject", "*", "IAMDataExfiltration", True),
        ("s3:GetObject", "arn:aws:s3:::reports/*", "IAMDataExfiltration", False),
        ("s3:GetObject", "*", "IAMCredentialsExposure", False),
        ("iam:CreateAccessKey", "*", "IAMCredentialsExposure", True),
        ("s3:PutBucketPolicy", "*", "IAMPermissionsManagement", True),
        ("sqs:SendMessage", "*", "IAMWriteAccess", True),
        ("xray:PutTraceSegments", "*", "IAMWriteAccess", False),
        ("s3:*", "*", "SomethingElse", True),
        ("ec2:Describe*", "*", "SomethingElse", False),
    ],
)
def test_flags_what_the_check_is_about(action, resource, check, flagged):
    assert overprivilege.is_flagged(document(action, resource), check) is flagged


def test_answers_every_question_and_tells_what_is_otherwise(tmp_path):
    questions = [
        {"id": "one", "policy": ADMINISTRATOR, "check": "Admin", "expected": True},
        {"id": "two", "policy": document("s3:*"), "check": "Admin", "expected": True},
    ]
    lines = "\n".join(map(json.dumps, questions))
    (tmp_path / "overprivilege.jsonl").write_text(lines, encoding="utf-8")

    answers = list(overprivilege.answers(tmp_path))

    assert answers == [{"id": "one", "flagged": True}, {"id": "two", "flagged": False}]
    assert overprivilege.compare(tmp_path, answers) == (2, ["two: missed"])
