import pytest

from rolecall.detections.sign_in.console_from_credentials import console_from_credentials
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, event, role_identity, user_identity

FEDERATED = {
    "type": "FederatedUser",
    "arn": f"arn:aws:sts::{ACCOUNT}:federated-user/support",
    "accountId": ACCOUNT,
}


def call(name="ConsoleLogin", *, actor=None, agent="Mozilla/5.0", **fields):
    given = {"response": {name: "Success"}, "userAgent": agent, "source": "signin.amazonaws.com"}
    return event(name, actor=actor or role_identity(), **{**given, **fields})


def judged(*args, **fields):
    return console_from_credentials.judge(call(*args, **fields), {})


def test_a_federation_token_in_the_console_is_told():
    [evidence] = judged(actor=FEDERATED)

    assert evidence.severity is Severity.MEDIUM
    assert "with a token of GetFederationToken" in evidence.summary


def test_an_instance_does_not_sign_in():
    [evidence] = judged(actor=role_identity("web", "i-0123456789abcdef0"))

    assert evidence.severity is Severity.HIGH
    assert evidence.resource.arn == f"arn:aws:iam::{ACCOUNT}:role/web"


def test_a_token_that_a_tool_makes_is_told():
    [evidence] = judged("GetSigninToken", agent="python-requests/2.31.0")

    assert "made a console session with python-requests/2.31.0" in evidence.summary


def test_a_tool_that_names_its_session_is_known():
    [evidence] = judged("GetSigninToken", actor=role_identity("ops", "aws_consoler"))

    assert evidence.severity is Severity.HIGH
    assert "went to the console with aws_consoler" in evidence.summary


@pytest.mark.parametrize("agent", ["Jersey/${project.version}", "Mozilla/5.0", "AWS Internal", ""])
def test_tokens_of_the_portal_are_quiet(agent):
    assert not judged("GetSigninToken", agent=agent)


def test_a_role_in_the_console_is_everyday():
    assert not judged()


def test_a_failure_is_quiet():
    assert not judged(actor=FEDERATED, response={"ConsoleLogin": "Failure"})


def test_wants_no_sign_in_of_users():
    assert console_from_credentials.wants(call())
    assert not console_from_credentials.wants(call(actor=user_identity("alice")))
