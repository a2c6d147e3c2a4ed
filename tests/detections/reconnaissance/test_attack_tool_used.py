import pytest

from rolecall.detections.reconnaissance.attack_tool_used import attack_tool_used
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, event, role_identity

STS = "sts.amazonaws.com"


def call(agent, *, name="GetCallerIdentity", source=STS, **fields):
    return event(name, source=source, userAgent=agent, **fields)


def judged(agent, parameters=None, **fields):
    given = call(agent, **fields)
    return attack_tool_used.judge(given, parameters or {}) if attack_tool_used.wants(given) else []


@pytest.mark.parametrize(
    ("agent", "tool"),
    [
        ("TruffleHog", "TruffleHog"),
        ("aws-sdk-go/1.44 trufflehog/3.63.0", "TruffleHog"),
        ("aws-cli/2.9 Python/3.11 Linux/6.1.0-kali5-amd64 exe/x86_64", "Kali Linux"),
        ("aws-cli/2.15 os/linux#6.6.9 md/distrib#kali.2024", "Kali Linux"),
        ("Boto3/1.9 Python/3.8 Linux/5.5.17-parrot1-amd64 Botocore/1.12", "Parrot Linux"),
        ("Boto3/1.9 Linux/5.0-pentoo Botocore/1.12", "Pentoo Linux"),
        ("Pacu/1.5", "Pacu"),
        ("S3 Browser/10.8.1 (https://s3browser.com)", "S3 Browser"),
    ],
)
def test_knows_the_tools_that_name_themselves(agent, tool):
    [evidence] = judged(agent)

    assert evidence.data["tool"] == tool
    assert evidence.severity is None


def test_tells_who_did_what_with_which_key():
    [evidence] = judged("TruffleHog")

    assert evidence.resource.arn == f"arn:aws:iam::{ACCOUNT}:user/mallory"
    assert evidence.summary == (
        "user mallory called GetCallerIdentity of sts.amazonaws.com with TruffleHog on 2026-11-23"
        " from 203.0.113.7"
    )


@pytest.mark.parametrize(
    "agent", ["aws-cli/2.31.0 os/linux", "Alkaline/1.0", "Boto3/1.34 (kalibrate)", ""]
)
def test_other_clients_are_quiet(agent):
    assert not judged(agent)


def test_s3_browser_may_browse():
    agent = "S3 Browser/10.8.1"

    assert judged(agent, name="CreateUser", source="iam.amazonaws.com")
    assert not judged(agent, name="ListBuckets", source="s3.amazonaws.com")


def test_a_failed_attempt_is_less_and_a_finding_of_its_own():
    [worked], [failed] = judged("TruffleHog"), judged("TruffleHog", error="AccessDenied")

    assert failed.severity is Severity.MEDIUM
    assert worked.occasion != failed.occasion


def test_a_days_work_with_one_tool_is_one_finding():
    [first] = judged("Pacu/1.5", name="ListUsers", actor=role_identity())
    [again] = judged("Pacu/1.5", name="ListRoles", actor=role_identity())

    assert first.occasion == again.occasion


def test_ones_own_tools_can_be_named():
    assert not judged("TruffleHog", {"known_tools": ("TruffleHog",)})
