import pytest
from botocore.stub import ANY, Stubber

from rolecall.adapters.dynamodb_batches import UnprocessedError
from rolecall.adapters.dynamodb_coverage import DynamoDBCoverage
from rolecall.model.account import Gap
from rolecall.model.completeness import Completeness, State
from rolecall.model.coverage import AccountCoverage
from rolecall.model.organization import Organization
from tests.adapters.iam_stubs import shared_session
from tests.builders import ACCOUNT, HUB, NOW, ORGANIZATION, days_ago


@pytest.fixture
def coverage(dynamodb, coverage_table):
    return DynamoDBCoverage(dynamodb, coverage_table)


def word(account_id=ACCOUNT, **fields):
    given = {"account_id": account_id, "audit": "key-rotation", "run": "run-1", "at": NOW}
    return AccountCoverage(**{**given, **fields})


def test_the_last_word_of_an_audit_survives_with_all_its_gaps(coverage):
    gaps = (
        Gap("credential-report", "iam:GetCredentialReport", "AccessDenied: no"),
        Gap("credentials of new users", "iam:GetCredentialReport", "newcomer", is_passing=True),
    )
    said = word(gaps=gaps, not_judged=("access-key-rotation",))

    coverage.save(said)

    assert coverage.of_audit("key-rotation", [ACCOUNT]) == {ACCOUNT: said}


def test_an_account_that_was_not_read_at_all_stays_so(coverage):
    said = word(gaps=(Gap("account", "sts:AssumeRole", "no", is_total=True),), was_read=False)

    coverage.save(said)

    assert coverage.of_audit("key-rotation", [ACCOUNT])[ACCOUNT].status == "unread"


def test_tells_of_each_part_when_it_was_last_read(coverage):
    parts = {
        "credential-report": Completeness(
            State.DENIED, "AccessDenied: no", "iam:GetCredentialReport", days_ago(2)
        ),
        "password-policy": Completeness(State.ABSENT, read_at=NOW),
        "contacts": Completeness(State.FAILED, "Throttling", "account:GetAlternateContact"),
    }

    coverage.save(word(parts=parts))

    assert coverage.of_audit("key-rotation", [ACCOUNT])[ACCOUNT].parts == parts


def test_only_the_last_word_counts_and_audits_do_not_speak_for_one_another(coverage):
    coverage.save(word())
    coverage.save(word(run="run-2"))
    coverage.save(word(audit="user-age", run="run-3"))

    assert coverage.of_audit("key-rotation", [ACCOUNT, HUB])[ACCOUNT].run == "run-2"
    assert HUB not in coverage.of_audit("key-rotation", [ACCOUNT, HUB])


def test_more_accounts_may_be_asked_for_than_a_batch_takes_and_twice(coverage):
    accounts = [f"{n:012}" for n in range(250)]
    for account_id in accounts[::50]:
        coverage.save(word(account_id))

    words = coverage.of_audit("key-rotation", [*accounts, *accounts])

    assert sorted(words) == accounts[::50]


def test_no_accounts_no_words(coverage):
    assert coverage.of_audit("key-rotation", []) == {}


@pytest.mark.parametrize("organization", [ORGANIZATION, Organization("", frozenset({ACCOUNT}))])
def test_the_organization_is_kept(coverage, organization):
    coverage.save_organization(organization)

    assert coverage.organization() == organization


def test_an_organization_of_ten_thousand_accounts_fits(coverage):
    large = Organization("o-exampleorgid", frozenset(f"{n:012}" for n in range(10_000)))

    coverage.save_organization(large)

    assert coverage.organization() == large


def test_before_the_first_run_the_organization_is_not_known(coverage):
    assert coverage.organization() is None


@pytest.fixture
def stubbed():
    client = shared_session().client("dynamodb")
    slept = []
    with Stubber(client) as answers:
        yield DynamoDBCoverage(client, "coverage", slept.append), answers, slept


def key(account_id):
    return {"account_id": {"S": account_id}, "audit": {"S": "key-rotation"}}


def asked_for(*account_ids):
    keys = [key(account_id) for account_id in account_ids]
    return {"RequestItems": {"coverage": {"Keys": keys, "ConsistentRead": True}}}


def test_keys_that_a_batch_did_not_answer_are_asked_again(stubbed):
    coverage, answers, slept = stubbed
    left = {"coverage": {"Keys": [key(HUB)]}}
    answers.add_response("batch_get_item", {"UnprocessedKeys": left}, asked_for(ACCOUNT, HUB))
    answers.add_response("batch_get_item", {"Responses": {"coverage": []}}, asked_for(HUB))

    assert coverage.of_audit("key-rotation", [ACCOUNT, HUB]) == {}
    answers.assert_no_pending_responses()
    assert len(slept) == 1


def test_keys_that_are_never_answered_do_not_count_as_accounts_without_a_word(stubbed):
    coverage, answers, _ = stubbed
    for _ in range(10):
        unprocessed = {"UnprocessedKeys": {"coverage": {"Keys": [key(ACCOUNT)]}}}
        answers.add_response("batch_get_item", unprocessed, {"RequestItems": ANY})

    with pytest.raises(UnprocessedError, match="1 keys were not read from coverage"):
        coverage.of_audit("key-rotation", [ACCOUNT])
