from dataclasses import replace

from rolecall.checks.root.centralized_root_access import centralized_root_access
from rolecall.model.organization import ROOT_CREDENTIALS_MANAGEMENT, ROOT_SESSIONS
from tests.builders import ACCOUNT, HUB, ORGANIZATION, account


def evidence_for(*features, management=ACCOUNT):
    organization = replace(
        ORGANIZATION, features=frozenset(features), management_account_id=management
    )
    return centralized_root_access.judge(account(organization=organization), {})


def test_flags_an_organization_that_does_not_manage_root_credentials():
    [evidence] = evidence_for(ROOT_SESSIONS)

    assert evidence.summary == (
        "organization o-exampleorgid does not manage the root credentials of its member accounts"
        " centrally"
    )
    assert evidence.commands[-1].startswith("# undo: ")


def test_accepts_one_that_does():
    assert not evidence_for(ROOT_CREDENTIALS_MANAGEMENT)


def test_says_it_once_in_the_management_account():
    assert not evidence_for(management=HUB)


def test_says_nothing_without_an_organization():
    assert not centralized_root_access.judge(account(organization=None), {})
