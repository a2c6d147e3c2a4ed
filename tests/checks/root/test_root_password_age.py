from dataclasses import replace

from rolecall.checks.root.root_password_age import root_password_age
from rolecall.model.credentials import Password
from rolecall.model.organization import ROOT_CREDENTIALS_MANAGEMENT
from tests.builders import ACCOUNT, HUB, ORGANIZATION, account, days_ago, root


def evidence_for(changed_at, organization=ORGANIZATION, **parameters):
    snapshot = account(
        root=root(password=Password(changed_at=changed_at)), organization=organization
    )
    return root_password_age.judge(snapshot, parameters)


def test_flags_a_password_one_second_past_a_year():
    [evidence] = evidence_for(days_ago(365, seconds=1))

    assert evidence.summary == f"the root user's password of {ACCOUNT} dates from 2025-11-23"


def test_accepts_a_password_on_the_last_second_of_its_year():
    assert not evidence_for(days_ago(365))


def test_says_nothing_where_the_report_does_not_date_it():
    assert not evidence_for(None)


def test_says_nothing_where_there_is_none():
    assert not root_password_age.judge(account(root=root()), {})
    assert not root_password_age.judge(account(), {})


def test_leaves_a_password_that_should_be_gone_to_its_own_rule():
    managed = replace(
        ORGANIZATION,
        features=frozenset({ROOT_CREDENTIALS_MANAGEMENT}),
        management_account_id=HUB,
    )

    assert not evidence_for(days_ago(900), managed)
    assert evidence_for(days_ago(900), replace(managed, management_account_id=ACCOUNT))


def test_follows_the_configured_age():
    assert evidence_for(days_ago(91), max_age_days=90)
