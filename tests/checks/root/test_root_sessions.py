from dataclasses import replace

from rolecall.checks.root.root_sessions import root_sessions
from rolecall.model.organization import ROOT_CREDENTIALS_MANAGEMENT, ROOT_SESSIONS
from tests.builders import ACCOUNT, HUB, ORGANIZATION, account


def evidence_for(*features, management=ACCOUNT, **parameters):
    organization = replace(
        ORGANIZATION, features=frozenset(features), management_account_id=management
    )
    return root_sessions.judge(account(organization=organization), parameters)


def test_flags_sessions_that_are_off_and_should_be_on():
    [evidence] = evidence_for(ROOT_CREDENTIALS_MANAGEMENT)

    assert evidence.summary == (
        "root sessions are off in organization o-exampleorgid; declared is that they are on"
    )
    assert evidence.commands == (
        "aws iam enable-organizations-root-sessions",
        "# undo: aws iam disable-organizations-root-sessions",
    )


def test_flags_sessions_that_are_on_and_should_be_off():
    [evidence] = evidence_for(ROOT_CREDENTIALS_MANAGEMENT, ROOT_SESSIONS, should_be_on=False)

    assert evidence.commands[0] == "aws iam disable-organizations-root-sessions"


def test_accepts_what_is_as_declared():
    assert not evidence_for(ROOT_CREDENTIALS_MANAGEMENT, ROOT_SESSIONS)
    assert not evidence_for(ROOT_CREDENTIALS_MANAGEMENT, should_be_on=False)


def test_leaves_an_organization_without_central_management_to_its_own_rule():
    assert not evidence_for()


def test_says_it_once_in_the_management_account():
    assert not evidence_for(ROOT_CREDENTIALS_MANAGEMENT, management=HUB)


def test_says_nothing_without_an_organization():
    assert not root_sessions.judge(account(organization=None), {})
