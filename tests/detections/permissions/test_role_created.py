import json

import pytest

from rolecall.detections.permissions.role_created import role_created
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, FOREIGN, event, role_identity, trust_of

GITHUB = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"
AUDIENCE = {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}


def created(principal=None, condition=None, *, action="sts:AssumeRole", parameters=None, **fields):
    trust = trust_of(principal, condition)
    trust["Statement"][0]["Action"] = action
    request = {"roleName": "deploy", "assumeRolePolicyDocument": json.dumps(trust)}
    given = event("CreateRole", **{"request": request, **fields})
    return role_created.judge(given, parameters or {})


def severity(*args, **fields):
    [evidence] = created(*args, **fields)
    return evidence.severity


def test_tells_whom_it_lets_in():
    [evidence] = created({"AWS": f"arn:aws:iam::{FOREIGN}:root"})

    assert evidence.summary == (
        f"user mallory created role deploy, which lets in account {FOREIGN} without any condition"
    )
    assert evidence.severity is Severity.HIGH
    assert evidence.data["creator_name"] == "user mallory"


@pytest.mark.parametrize(
    ("principal", "condition", "expected"),
    [
        ("*", None, Severity.CRITICAL),
        ({"AWS": FOREIGN}, {"StringEquals": {"sts:ExternalId": "3f9c1b7e55a0"}}, Severity.MEDIUM),
        ({"AWS": ACCOUNT}, None, Severity.INFORMATIONAL),
        ({"Service": "lambda.amazonaws.com"}, None, Severity.INFORMATIONAL),
    ],
)
def test_who_gets_in_decides(principal, condition, expected):
    assert severity(principal, condition) is expected


def test_any_repository_of_github_is_everybody():
    everybody = {
        "StringEquals": AUDIENCE,
        "StringLike": {"token.actions.githubusercontent.com:sub": "repo:*"},
    }
    one = {
        "StringEquals": {
            **AUDIENCE,
            "token.actions.githubusercontent.com:sub": "repo:acme/app:ref:refs/heads/main",
        }
    }
    action = "sts:AssumeRoleWithWebIdentity"

    assert severity({"Federated": GITHUB}, everybody, action=action) is Severity.CRITICAL
    assert severity({"Federated": GITHUB}, one, action=action) is Severity.INFORMATIONAL


def test_accounts_of_ones_own_are_no_outsiders():
    parameters = {"trusted_accounts": (FOREIGN,)}

    assert severity({"AWS": FOREIGN}, parameters=parameters) is Severity.INFORMATIONAL


def test_a_policy_that_the_event_does_not_show_may_be_anything():
    [evidence] = role_created.judge(event("CreateRole", request={"roleName": "deploy"}), {})

    assert evidence.severity is Severity.HIGH


def test_a_refused_attempt_is_told_and_a_failed_one_is_not():
    [refused] = created({"AWS": FOREIGN}, error="AccessDenied")

    assert (refused.severity, "refused CreateRole" in refused.summary) == (Severity.LOW, True)
    assert not created({"AWS": FOREIGN}, error="EntityAlreadyExistsException")


def test_what_aws_makes_for_itself_is_quiet():
    hand = role_identity("AWSServiceRoleForSSO", path="/aws-service-role/sso.amazonaws.com/")

    assert not created({"Service": "lambda.amazonaws.com"}, actor=hand)
