from datetime import timedelta

from rolecall.model.completeness import Part
from rolecall.services.join import join
from tests.builders import HUB, NOW, account, user

HERE, THERE = account(user("alice")), account(id=HUB)


def test_accounts_that_were_read_together_are_neighbours():
    here, there = join([HERE, THERE])

    assert here.neighbourhood is there.neighbourhood
    assert set(map(id, here.neighbourhood.accounts)) == {id(HERE), id(THERE)}


def test_one_account_has_no_neighbours():
    assert join([HERE]) == [HERE]
    assert join([HERE])[0].neighbourhood is None


def test_an_earlier_snapshot_of_an_account_stays_alone():
    earlier = account(taken_at=NOW - timedelta(days=1))

    alone, here, there = join([earlier, HERE, THERE])

    assert alone.neighbourhood is None
    assert [each.id for each in here.neighbourhood.accounts] == [HERE.id, there.id]
    assert here.neighbourhood.accounts[0].users == HERE.users


def test_an_account_whose_policies_were_not_read_is_nobodys_neighbour():
    unread = account(id=HUB, lacking=[Part.AUTHORIZATION_DETAILS])

    assert [each.neighbourhood for each in join([HERE, unread])] == [None, None]
