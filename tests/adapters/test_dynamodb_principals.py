from dataclasses import replace

import pytest

from rolecall.adapters.dynamodb_principals import DynamoDBPrincipals
from rolecall.model.principal_document import digest_of
from rolecall.model.principal_record import PrincipalRecord, Rank, RecordedPolicy, TrustTerm
from rolecall.model.principals import PolicyKind
from rolecall.services.record_principals import RecordPrincipals
from tests.builders import ACCOUNT, HUB, account, days_ago, held, last_use, role, user

READ = "arn:aws:iam::aws:policy/ReadOnlyAccess"
WRITE = f"arn:aws:iam::{ACCOUNT}:policy/write"


@pytest.fixture
def principals(dynamodb, principals_table):
    return DynamoDBPrincipals(dynamodb, principals_table)


@pytest.fixture
def items(dynamodb, principals_table):
    """Return a function that returns the sort keys of everything in the table."""

    def scan():
        found = dynamodb.scan(TableName=principals_table)["Items"]
        return sorted(item["id"]["S"] for item in found)

    return scan


def record(name="alice", *, account_id=ACCOUNT, holds=(), **fields):
    given = {
        "arn": f"arn:aws:iam::{account_id}:user/{name}",
        "account_id": account_id,
        "kind": "user",
        "name": name,
        "created_at": days_ago(100),
        "policies": tuple(
            RecordedPolicy(arn.rpartition("/")[2], PolicyKind.AWS_MANAGED, arn, group)
            for arn, group in holds
        ),
        "last_use": last_use(3),
        "rights_since": days_ago(2),
    }
    return PrincipalRecord(**{**given, **fields})


ALICE = record(holds=[(READ, ""), (READ, "readers"), (WRITE, "writers")])
BOB = record("bob", holds=[(READ, "")], rank=Rank.ADMINISTRATOR)
CAROL = record("carol", account_id=HUB, holds=[(READ, "all")], rank=Rank.ESCALATES)


def test_a_record_comes_back_as_it_was(principals):
    principals.save([ALICE, BOB], [])

    assert principals.get(ALICE.arn) == ALICE
    assert principals.records([ALICE.arn, BOB.arn, CAROL.arn]) == {ALICE.arn: ALICE, BOB.arn: BOB}


def test_nobody_has_no_record(principals):
    assert principals.get(ALICE.arn) is None
    assert principals.records([]) == {}


def test_the_digests_are_those_of_the_account(principals):
    principals.save([ALICE, BOB, CAROL], [])

    assert principals.digests(ACCOUNT) == {each.arn: digest_of(each) for each in (ALICE, BOB)}
    assert principals.digests(HUB) == {CAROL.arn: digest_of(CAROL)}


def test_finds_the_holders_of_a_policy_in_all_accounts_and_through_what(principals):
    principals.save([ALICE, BOB, CAROL], [])

    assert dict(principals.holders(READ)) == {
        ALICE.arn: ("", "readers"),
        BOB.arn: ("",),
        CAROL.arn: ("all",),
    }
    assert dict(principals.holders(WRITE)) == {ALICE.arn: ("writers",)}


def test_finds_administrators_and_those_who_can_become_one(principals):
    principals.save([ALICE, BOB, CAROL], [])

    assert list(principals.of_rank(Rank.ADMINISTRATOR)) == [BOB]
    assert list(principals.of_rank(Rank.ESCALATES)) == [CAROL]


def test_finds_everybody_of_an_account(principals):
    principals.save([ALICE, BOB, CAROL], [])

    assert list(principals.of_account(ACCOUNT)) == [ALICE, BOB]


def test_forgets_policies_that_are_held_no_longer(principals, items):
    principals.save([ALICE], [])
    less = replace(ALICE, policies=ALICE.policies[:1])

    principals.save([less], [ALICE])

    assert items() == [ALICE.arn, f"{ALICE.arn} {READ}"]
    assert dict(principals.holders(READ)) == {ALICE.arn: ("",)}


def test_policies_that_are_held_as_before_are_not_written_again(
    principals, dynamodb, principals_table
):
    principals.save([BOB], [])
    dynamodb.delete_item(
        TableName=principals_table,
        Key={"account_id": {"S": ACCOUNT}, "id": {"S": f"{BOB.arn} {READ}"}},
    )

    principals.save([replace(BOB, last_use=last_use(40))], [BOB])

    assert list(principals.holders(READ)) == []


def test_who_is_an_administrator_no_longer_leaves_the_index(principals):
    principals.save([BOB], [])

    principals.save([replace(BOB, rank=Rank.ORDINARY)], [BOB])

    assert list(principals.of_rank(Rank.ADMINISTRATOR)) == []
    assert principals.get(BOB.arn).rank is Rank.ORDINARY


def test_what_is_removed_leaves_nothing(principals, items):
    principals.save([ALICE, BOB], [])

    principals.remove([ALICE])

    assert items() == [BOB.arn, f"{BOB.arn} {READ}"]
    assert principals.digests(ACCOUNT) == {BOB.arn: digest_of(BOB)}


def test_a_record_larger_than_an_item_is_cut_and_says_so(principals, dynamodb, principals_table):
    terms = tuple(TrustTerm(f"AWS:{number:012}", ("x" * 90,)) for number in range(6_000))
    large = record("large", trusts=terms, holds=[(READ, "")])

    principals.save([large], [])

    stored = principals.get(large.arn)
    key = {"account_id": {"S": ACCOUNT}, "id": {"S": large.arn}}
    item = dynamodb.get_item(TableName=principals_table, Key=key)["Item"]
    assert item["cut"] == {"L": [{"S": "trusts"}]}
    assert "more were cut" in item["trusts"]["L"][-1]["S"]
    assert 0 < len(stored.trusts) < len(terms)
    assert stored.policies == large.policies
    assert principals.digests(ACCOUNT) == {large.arn: digest_of(large)}


def test_an_audit_of_an_unchanged_account_writes_nothing(principals):
    snapshot = account(user(policies=(held("s3:*"),)), roles=[role(policies=(held("*"),))])
    record_principals = RecordPrincipals(principals)

    first = record_principals.run(snapshot)
    second = record_principals.run(replace(snapshot, taken_at=days_ago(-1)))

    assert (first.written, second.written, second.removed) == (2, 0, 0)


def test_more_principals_than_a_batch_holds_are_all_written(principals):
    many = [record(f"user-{number:03}", holds=[(READ, "")]) for number in range(60)]

    principals.save(many, [])

    assert len(principals.digests(ACCOUNT)) == 60
    assert principals.records([each.arn for each in many]) == {each.arn: each for each in many}
    principals.remove(many)
    assert principals.digests(ACCOUNT) == {}
