import pytest

from rolecall.detections.services.function_opened import function_opened
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, FOREIGN, event


def judged(principal, parameters=None, **fields):
    request = {"functionName": "pay", "statementId": "s1", "principal": principal}
    call = event(
        "AddPermission20150331v2",
        source="lambda.amazonaws.com",
        **{"request": {**request, **fields.pop("more", {})}, **fields},
    )
    return function_opened.judge(call, parameters or {})


def test_anyone_is_high():
    [evidence] = judged("*")

    assert evidence.severity is Severity.HIGH
    assert evidence.summary == "user mallory let anyone call function pay"
    assert evidence.commands == (
        "aws lambda remove-permission --function-name pay --statement-id s1",
    )


@pytest.mark.parametrize("who", [FOREIGN, f"arn:aws:iam::{FOREIGN}:root"])
def test_another_account_is_medium(who):
    [evidence] = judged(who)

    assert evidence.severity is Severity.MEDIUM


@pytest.mark.parametrize("who", [ACCOUNT, "s3.amazonaws.com", f"arn:aws:iam::{ACCOUNT}:role/a", ""])
def test_the_account_and_services_are_quiet(who):
    assert not judged(who)


def test_the_organization_and_partners_are_quiet():
    assert not judged("*", more={"principalOrgID": "o-exampleorgid"})
    assert not judged(FOREIGN, {"trusted_accounts": (FOREIGN,)})


def test_a_refused_attempt_is_quiet():
    assert not judged("*", error="AccessDeniedException")
