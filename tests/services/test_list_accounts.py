from rolecall.services.list_accounts import ListAccounts
from tests.builders import ACCOUNT, HUB, ORGANIZATION
from tests.fakes import FakeCoverage, FakeDirectory


def test_lists_every_account_and_remembers_the_organization():
    coverage = FakeCoverage()

    accounts = ListAccounts(FakeDirectory(ORGANIZATION), coverage).run()

    assert accounts == [ACCOUNT, HUB]
    assert coverage.organization() == ORGANIZATION
