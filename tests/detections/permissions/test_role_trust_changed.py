import json

from rolecall.detections.permissions.role_trust_changed import role_trust_changed
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, FOREIGN, event, trust_of


def changed(principal=None, *, text=None, **fields):
    policy = text if text is not None else json.dumps(trust_of(principal))
    request = {"roleName": "deploy", "policyDocument": policy}
    given = event("UpdateAssumeRolePolicy", **{"request": request, **fields})
    return role_trust_changed.judge(given, {})


def test_names_whom_the_role_trusts_now():
    [evidence] = changed({"AWS": f"arn:aws:iam::{FOREIGN}:role/eve"})

    assert evidence.summary == (
        f"user mallory changed who can become role deploy: now AWS:arn:aws:iam::{FOREIGN}:role/eve"
        f"; it lets in account {FOREIGN} without any condition"
    )


def test_finds_trust_in_another_account_high():
    [evidence] = changed({"AWS": FOREIGN})

    assert evidence.severity is Severity.HIGH


def test_finds_trust_in_everybody_critical():
    [evidence] = changed({"AWS": "*"})

    assert evidence.severity is Severity.CRITICAL


def test_finds_trust_within_the_account_medium():
    [evidence] = changed({"AWS": ACCOUNT, "Service": "ec2.amazonaws.com"})

    assert evidence.severity is Severity.MEDIUM


def test_says_so_when_the_event_does_not_show_the_policy():
    [evidence] = changed(text="")

    assert "the event does not say to whom" in evidence.summary
    assert evidence.severity is Severity.HIGH


def test_says_when_nobody_is_left():
    policy = {"Version": "2012-10-17", "Statement": []}

    [evidence] = changed(text=json.dumps(policy))

    assert evidence.summary.endswith("now nobody")


def test_ignores_a_denied_attempt():
    assert not changed({"AWS": FOREIGN}, error="AccessDenied")
