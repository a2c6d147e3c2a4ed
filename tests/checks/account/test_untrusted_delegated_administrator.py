from dataclasses import replace

from rolecall.checks.account.untrusted_delegated_administrator import (
    untrusted_delegated_administrator,
)
from rolecall.model.organization import DelegatedAdministrator
from tests.builders import ACCOUNT, FOREIGN, HUB, ORGANIZATION, account

STACKSETS = "member.org.stacksets.cloudformation.amazonaws.com"
ADMINISTRATORS = (
    DelegatedAdministrator(HUB, (STACKSETS,)),
    DelegatedAdministrator(FOREIGN, ("sso.amazonaws.com",)),
)


def evidence_for(*trusted, management=ACCOUNT):
    organization = replace(
        ORGANIZATION, management_account_id=management, delegated_administrators=ADMINISTRATORS
    )
    snapshot = account(organization=organization)
    return untrusted_delegated_administrator.judge(snapshot, {"trusted_accounts": trusted})


def test_flags_an_administrator_that_is_not_trusted():
    [evidence] = evidence_for(HUB)

    assert evidence.summary == (
        "account 777788889999 is delegated administrator of sso.amazonaws.com and not among those"
        " that are trusted"
    )
    [command] = evidence.commands
    assert command.endswith("--account-id 777788889999 --service-principal sso.amazonaws.com")


def test_accepts_those_that_are_trusted():
    assert not evidence_for(HUB, FOREIGN)


def test_is_silent_where_nobody_said_whom_to_trust():
    assert not evidence_for()


def test_judges_in_the_management_account_alone():
    assert not evidence_for(HUB, management=HUB)
