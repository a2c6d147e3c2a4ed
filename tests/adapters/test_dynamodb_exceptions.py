from datetime import timedelta

import pytest

from rolecall.adapters.dynamodb_coverage import DynamoDBCoverage
from rolecall.adapters.dynamodb_exceptions import DynamoDBExceptions
from rolecall.model.coverage import AccountCoverage
from rolecall.model.scope import Scope
from tests.builders import ACCOUNT, NOW, an_exception

OF_ONE_FINDING = an_exception(finding=f"{ACCOUNT}-0123456789abcdef01234567", ticket="OPS-1")
OF_A_RULE = an_exception(
    rule="unused-credentials",
    resource="arn:aws:iam::*:user/legacy-*",
    scope=Scope(account=ACCOUNT, ou="/Sandbox", path="/ci/", tag="team=payments"),
)


@pytest.fixture
def exceptions(dynamodb, coverage_table):
    return DynamoDBExceptions(dynamodb, coverage_table)


def test_what_is_stored_is_read_as_it_was_written(exceptions):
    exceptions.save(OF_ONE_FINDING)
    exceptions.save(OF_A_RULE)

    stored = {each.id: each for each in exceptions.all()}

    assert stored == {each.id: each for each in (OF_ONE_FINDING, OF_A_RULE)}


def test_there_is_one_of_an_id(exceptions):
    later = an_exception(
        finding=OF_ONE_FINDING.finding, ends_on=OF_ONE_FINDING.ends_on + timedelta(days=1)
    )
    exceptions.save(OF_ONE_FINDING)
    exceptions.save(later)

    assert exceptions.all() == [later]


def test_what_is_removed_is_gone_and_may_be_removed_again(exceptions):
    exceptions.save(OF_ONE_FINDING)

    exceptions.remove(OF_ONE_FINDING.id)
    exceptions.remove(OF_ONE_FINDING.id)

    assert exceptions.all() == []


def test_what_cannot_be_read_hides_nothing(exceptions, dynamodb, coverage_table):
    exceptions.save(OF_ONE_FINDING)
    item = {"account_id": "exceptions", "audit": "of-a-newer-version", "moon": "full"}
    values = {name: {"S": text} for name, text in item.items()}
    dynamodb.put_item(TableName=coverage_table, Item=values)

    assert exceptions.all() == [OF_ONE_FINDING]


def test_coverage_and_exceptions_do_not_disturb_one_another(exceptions, dynamodb, coverage_table):
    coverage = DynamoDBCoverage(dynamodb, coverage_table)
    word = AccountCoverage(account_id=ACCOUNT, audit="user-age", run="run-1", at=NOW)
    coverage.save(word)
    exceptions.save(OF_A_RULE)

    assert exceptions.all() == [OF_A_RULE]
    assert coverage.of_audit("user-age", [ACCOUNT]) == {ACCOUNT: word}
