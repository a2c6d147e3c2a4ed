from dataclasses import replace

from rolecall.checks.account.accounts_outside_units import accounts_outside_units
from rolecall.model.organization import MemberAccount
from tests.builders import ACCOUNT, FOREIGN, HUB, ORGANIZATION, account

ROOT, UNIT = ("r-ab12",), ("r-ab12", "ou-ab12-cd34ef56")


def evidence_for(*members, management=ACCOUNT):
    organization = replace(
        ORGANIZATION,
        management_account_id=management,
        accounts={each.id: each for each in members},
    )
    return accounts_outside_units.judge(account(organization=organization), {})


def member(account_id, parents, **fields):
    return MemberAccount(id=account_id, parents=parents, **fields)


def test_flags_accounts_right_below_the_root():
    [evidence] = evidence_for(member(HUB, ROOT), member(FOREIGN, UNIT))

    assert evidence.summary == "in no organizational unit are the accounts 444455556666"
    assert "--source-parent-id r-ab12" in evidence.commands[0]


def test_accepts_accounts_in_units_and_the_management_account_anywhere():
    assert not evidence_for(member(HUB, UNIT), member(ACCOUNT, ROOT))


def test_does_not_judge_closed_accounts_nor_those_whose_place_is_not_known():
    assert not evidence_for(member(HUB, ROOT, status="SUSPENDED"), member(FOREIGN, ()))


def test_judges_in_the_management_account_alone():
    assert not evidence_for(member(FOREIGN, ROOT), management=HUB)
