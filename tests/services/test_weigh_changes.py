import pytest

from rolecall.model.account import Gap
from rolecall.model.completeness import Part
from rolecall.services.record_principals import RecordPrincipals
from rolecall.services.weigh_changes import UnreadAccountError, WeighChanges
from tests.builders import ACCOUNT, account
from tests.fakes import FakeAccounts, FakePrincipals
from tests.rights import DEPLOY


def a_look(snapshot):
    return WeighChanges(FakeAccounts(snapshot), RecordPrincipals(FakePrincipals()))


def test_looks_at_the_policies_and_at_nothing_else():
    look = a_look(account(roles=[DEPLOY]))

    assert look.run(ACCOUNT).written == 1
    assert look.accounts.needed == {Part.AUTHORIZATION_DETAILS, Part.ORGANIZATION_POLICIES}


def test_an_account_that_cannot_be_read_is_to_be_tried_again():
    gap = Gap("everything", "sts:AssumeRole", "AccessDenied", is_total=True)
    look = a_look(account(gaps=(gap,)))

    with pytest.raises(UnreadAccountError, match=f"{ACCOUNT} .* sts:AssumeRole: AccessDenied"):
        look.run(ACCOUNT)
    assert look.record.principals.stored == {}
