from rolecall.checks.account.account_outside_organization import account_outside_organization
from rolecall.model.organization import Organization
from tests.builders import ACCOUNT, account


def test_flags_an_account_that_stands_alone():
    alone = Organization("", frozenset({ACCOUNT}))

    [evidence] = account_outside_organization.judge(account(organization=alone), {})

    assert evidence.summary == "account 111122223333 belongs to no organization"


def test_accepts_a_member():
    assert not account_outside_organization.judge(account(), {})


def test_says_nothing_where_the_organization_is_not_known():
    assert not account_outside_organization.judge(account(organization=None), {})
