from dataclasses import replace
from datetime import timedelta

import pytest
from botocore.stub import ANY, Stubber

from rolecall.adapters.dynamodb_batches import UnprocessedError
from rolecall.adapters.dynamodb_findings import DynamoDBFindings
from rolecall.adapters.findings_items import finding_item
from rolecall.model.evidence import Resource
from rolecall.model.finding import Status
from rolecall.model.settings import RetentionSettings
from rolecall.model.severity import Severity
from rolecall.services.ports import FindingQuery
from tests.adapters.iam_stubs import shared_session
from tests.builders import ACCOUNT, FOREIGN, HUB, NOW, an_exception, days_ago, finding
from tests.fakes import FakeClock


@pytest.fixture
def store(dynamodb, findings_table):
    return DynamoDBFindings(dynamodb, findings_table, RetentionSettings(), FakeClock(NOW))


def numbered(number, *, account=ACCOUNT, **fields):
    """Build a finding with an id of its own."""
    return finding(id=f"{account}-{number:024x}", account_id=account, **fields)


def ids(findings):
    return [each.id for each in findings]


def test_what_is_saved_is_there(store):
    findings = [numbered(n) for n in range(60)]

    store.save(findings)

    assert (
        sorted(store.of_account(ACCOUNT, {"access-key-rotation"}), key=lambda f: f.id) == findings
    )


def test_saving_nothing_writes_nothing(store):
    store.save([])

    assert store.of_account(ACCOUNT, {"access-key-rotation"}) == []


def test_saving_again_replaces_and_takes_the_finding_out_of_the_index_of_open_ones(store):
    store.save([numbered(1)])
    resolved = numbered(1, status=Status.RESOLVED, resolved_at=NOW)

    store.save([resolved])

    assert store.get(resolved.id) == resolved
    assert list(store.search(FindingQuery())) == []


def test_a_finding_that_is_saved_twice_at_once_is_stored_as_it_was_last(store):
    store.save([numbered(1), numbered(1, summary="last")])

    assert store.get(numbered(1).id).summary == "last"


def test_a_finding_is_added_once(store):
    event = numbered(1, kind="detection")

    assert store.add(event)
    assert not store.add(replace(event, summary="again"))
    assert store.get(event.id) == event


def test_what_is_added_again_gets_worse_and_never_milder(store):
    story = numbered(1, kind="detection", severity=Severity.HIGH)
    store.add(story)

    assert store.add(replace(story, severity=Severity.CRITICAL))
    assert not store.add(story)
    assert store.get(story.id).severity is Severity.CRITICAL


def test_adding_leaves_alone_what_somebody_did_with_the_finding(store):
    suppressed = numbered(1, status=Status.SUPPRESSED)
    store.save([suppressed])

    store.add(numbered(1))

    assert store.get(suppressed.id) == suppressed


@pytest.mark.parametrize("finding_id", [f"{ACCOUNT}-nothing", "", "-", "nonsense", "-abc"])
def test_what_is_not_there_is_none(store, finding_id):
    assert store.get(finding_id) is None


def test_the_findings_of_an_account_are_those_of_the_rules_asked_for(store):
    mine = numbered(1, status=Status.RESOLVED, resolved_at=NOW)
    store.save([mine, numbered(2, rule="other-rule"), numbered(3, account=HUB)])

    assert store.of_account(ACCOUNT, {"access-key-rotation"}) == [mine]
    assert store.of_account(ACCOUNT, set()) == []


def test_more_rules_may_be_asked_for_than_one_comparison_takes(store):
    store.save([numbered(1)])
    rules = {"access-key-rotation", *(f"rule-{n}" for n in range(250))}

    assert ids(store.of_account(ACCOUNT, rules)) == [numbered(1).id]


def test_an_account_with_more_findings_than_a_page_holds_is_read_to_the_end(store):
    findings = [numbered(n, why="w" * 50_000) for n in range(45)]

    store.save(findings)

    assert len(store.of_account(ACCOUNT, {"access-key-rotation"})) == 45


def test_an_item_above_400_kb_is_stored_with_its_evidence_cut(store):
    large = numbered(1, evidence={"policy": "x" * 500_000})

    store.save([large])

    assert "(cut: 500,000 characters in all)" in store.get(large.id).evidence["policy"]


BOB = f"arn:aws:iam::{ACCOUNT}:user/bob"
WORLD = (
    numbered(1, changed_at=days_ago(3)),
    numbered(
        2,
        resource=Resource("AwsIamRole", f"arn:aws:iam::{ACCOUNT}:role/deploy"),
        principal=BOB,
        severity=Severity.LOW,
        changed_at=days_ago(2),
    ),
    numbered(
        3,
        rule="administrator-access",
        severity=Severity.CRITICAL,
        principal=None,
        changed_at=days_ago(1),
    ),
    numbered(4, account=HUB, severity=Severity.INFORMATIONAL, status=Status.SUPPRESSED),
    numbered(
        5, account=FOREIGN, status=Status.RESOLVED, resolved_at=days_ago(1), changed_at=days_ago(1)
    ),
    numbered(6, account=FOREIGN, kind="detection", rule="root-activity", changed_at=days_ago(30)),
)


@pytest.mark.parametrize(
    "query",
    [
        FindingQuery(),
        FindingQuery(status=None),
        FindingQuery(status=Status.RESOLVED),
        FindingQuery(severity=Severity.HIGH),
        FindingQuery(account_id=ACCOUNT),
        FindingQuery(account_id=FOREIGN, status=None, changed_since=days_ago(10)),
        FindingQuery(resource=f"arn:aws:iam::{ACCOUNT}:role/deploy"),
        FindingQuery(principal=BOB),
        FindingQuery(principal=BOB, rule="administrator-access"),
        FindingQuery(rule="access-key-rotation", status=None),
        FindingQuery(rule="access-key-rotation", account_id=HUB, status=Status.SUPPRESSED),
        FindingQuery(changed_since=days_ago(2)),
        FindingQuery(changed_since=days_ago(2), status=None),
        FindingQuery(changed_since=days_ago(40), status=None),
        FindingQuery(changed_since=NOW + timedelta(days=2), status=None),
        FindingQuery(changed_since=days_ago(1), status=Status.RESOLVED, severity=Severity.LOW),
    ],
    ids=str,
)
def test_every_question_is_answered_as_if_all_findings_were_looked_at(store, query):
    store.save(WORLD)

    answer = list(store.search(query))

    assert sorted(ids(answer)) == sorted(ids(filter(query.accepts, WORLD)))


def test_what_is_open_comes_worst_first_and_newest_first(store):
    store.save(WORLD)

    answer = list(store.search(FindingQuery()))

    assert [(each.severity.name, each.changed_at) for each in answer] == [
        ("CRITICAL", days_ago(1)),
        ("HIGH", days_ago(3)),
        ("HIGH", days_ago(30)),
        ("LOW", days_ago(2)),
    ]


@pytest.fixture
def stubbed():
    """Yield a store on a client that answers what the test says, and how long it slept."""
    client = shared_session().client("dynamodb")
    slept = []
    store = DynamoDBFindings(client, "findings", RetentionSettings(), FakeClock(NOW), slept.append)
    with Stubber(client) as answers:
        yield store, answers, slept


def put_request(each):
    return {"PutRequest": {"Item": finding_item(each, RetentionSettings())}}


def test_items_that_a_batch_did_not_take_are_written_again_after_a_pause(stubbed):
    store, answers, slept = stubbed
    first, second = numbered(1), numbered(2)
    both = {"findings": [put_request(first), put_request(second)]}
    left = {"findings": [put_request(second)]}
    answers.add_response("batch_write_item", {"UnprocessedItems": left}, {"RequestItems": both})
    answers.add_response("batch_write_item", {"UnprocessedItems": {}}, {"RequestItems": left})

    store.save([first, second])

    answers.assert_no_pending_responses()
    assert len(slept) == 1


def test_items_that_are_never_taken_are_an_error_and_no_loss_in_silence(stubbed):
    store, answers, slept = stubbed
    left = {"UnprocessedItems": {"findings": [put_request(numbered(1))]}}
    for _ in range(10):
        answers.add_response("batch_write_item", left, {"RequestItems": ANY})

    with pytest.raises(UnprocessedError, match="1 items were not written to findings"):
        store.save([numbered(1)])

    assert slept == sorted(slept)
    assert sum(slept) < 60


def test_an_audit_compares_with_what_is_suppressed_too_whatever_its_rule(store):
    suppressed = finding(status=Status.SUPPRESSED, exception=an_exception(rule="x"))
    store.save([suppressed, finding(id=f"{ACCOUNT}-1", rule="unused-credentials")])

    assert store.of_account(ACCOUNT, {"another-rule"}) == [suppressed]
    assert store.of_account(ACCOUNT, set()) == [suppressed]


def test_the_findings_that_an_audit_compares_with_are_read_at_half_the_price(stubbed):
    store, answers, _ = stubbed
    expected = {
        "TableName": "findings",
        "KeyConditionExpression": "#key = :key",
        "FilterExpression": "#status = :status OR #rule IN (:r0)",
        "ExpressionAttributeNames": {"#key": "account_id", "#status": "status", "#rule": "rule"},
        "ExpressionAttributeValues": {
            ":key": {"S": ACCOUNT},
            ":status": {"S": "SUPPRESSED"},
            ":r0": {"S": "a"},
        },
    }
    answers.add_response("query", {"Items": []}, expected)

    assert store.of_account(ACCOUNT, {"a"}) == []
    answers.assert_no_pending_responses()


def test_an_empty_page_is_not_the_end(stubbed):
    store, answers, _ = stubbed
    key = {"account_id": {"S": ACCOUNT}, "id": {"S": "x"}}
    item = finding_item(numbered(1), RetentionSettings())
    answers.add_response("query", {"Items": [], "LastEvaluatedKey": key})
    answers.add_response("query", {"Items": [item]})

    assert ids(store.of_account(ACCOUNT, {"access-key-rotation"})) == [numbered(1).id]
