import json
from dataclasses import replace

import pytest

from rolecall.adapters.dynamodb_principals import DynamoDBPrincipals
from rolecall.model.principals import PolicyKind
from rolecall.services.record_principals import RecordPrincipals
from tests.adapters.tables import create_principals_table
from tests.builders import ACCOUNT, FOREIGN, account, held, last_use, role, trust_of, user

TABLE = "rolecall-principals"
READ = "arn:aws:iam::aws:policy/ReadOnlyAccess"
ATTACHED = held("s3:Get*", name="ReadOnlyAccess", kind=PolicyKind.AWS_MANAGED, arn=READ)
ALICE = user(policies=(held("iam:AttachUserPolicy", name="own"), ATTACHED), groups=("readers",))
BOB = user("bob", policies=(replace(ATTACHED, group="readers"),), groups=("readers",))
ADMIN = role("admin", policies=(held("*"),), trust=trust_of({"AWS": FOREIGN}), last_use=last_use(3))


@pytest.fixture
def _table(aws):
    client = aws.client("dynamodb")
    table = DynamoDBPrincipals(client, create_principals_table(client))
    RecordPrincipals(table).run(account(ALICE, BOB, roles=[ADMIN]))


@pytest.mark.usefixtures("_table")
def test_shows_what_the_table_knows_of_a_user(run):
    ran = run("principal", ALICE.arn, "--table", TABLE)

    assert ran.code == 0
    assert "Is                 can become an administrator" in ran.out
    assert "inline policy own" in ran.out
    assert "AWS managed policy ReadOnlyAccess" in ran.out
    assert "Becomes an administrator (granted)" in ran.out
    assert "iam:AttachUserPolicy" in ran.out


@pytest.mark.usefixtures("_table")
def test_shows_through_which_group_a_policy_comes(run):
    ran = run("principal", BOB.arn, "--table", TABLE)

    assert "AWS managed policy ReadOnlyAccess of group readers" in ran.out


@pytest.mark.usefixtures("_table")
def test_shows_who_can_assume_a_role_and_when_it_was_used(run):
    ran = run("principal", ADMIN.arn, "--table", TABLE)

    assert f"Trusts\n  AWS:{FOREIGN}" in ran.out
    assert "an administrator" in ran.out
    assert "2026-11-20 for s3" in ran.out


@pytest.mark.usefixtures("_table")
def test_the_environment_names_the_table(run, monkeypatch):
    monkeypatch.setenv("ROLECALL_PRINCIPALS_TABLE", TABLE)

    ran = run("principal", ADMIN.arn, "--format", "json")

    [found] = json.loads(ran.out)
    assert (found["principal_arn"], found["rank"]) == (ADMIN.arn, "administrator")


@pytest.mark.usefixtures("_table")
def test_says_that_the_table_does_not_know_somebody(run):
    stranger = f"arn:aws:iam::{ACCOUNT}:user/stranger"

    ran = run("principal", stranger, "--table", TABLE)

    assert ran.code == 2
    assert f"table {TABLE} has no user or role {stranger}" in ran.err


@pytest.mark.usefixtures("_table")
def test_an_arn_without_an_account_is_refused(run):
    assert "names no account" in run("principal", "arn:aws:s3:::example", "--table", TABLE).err


@pytest.mark.usefixtures("aws")
def test_says_that_there_is_no_such_table(run):
    ran = run("principals", "--administrators", "--table", "rolecall-nothing")

    assert ran.code == 2
    assert "there is no table rolecall-nothing" in ran.err


@pytest.mark.usefixtures("_table")
def test_lists_the_holders_of_a_policy_and_how_they_came_by_it(run):
    ran = run("principals", "--policy", READ)

    assert ran.out.splitlines() == [
        f"{ALICE.arn}  directly",
        f"{BOB.arn}    through group readers",
    ]


@pytest.mark.usefixtures("_table")
@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--administrators"], [ADMIN.arn]),
        (["--escalating"], [ALICE.arn]),
        (["--account", ACCOUNT], [ADMIN.arn, ALICE.arn, BOB.arn]),
        (["--account", FOREIGN], []),
    ],
)
def test_lists_who_was_asked_for(run, options, expected):
    ran = run("principals", *options, "--format", "jsonl")

    assert [json.loads(line)["principal_arn"] for line in ran.out.splitlines()] == expected


@pytest.mark.usefixtures("_table")
def test_says_how_sure_an_escalation_is(run):
    assert run("principals", "--escalating").out == f"{ALICE.arn}  escalates (granted)\n"


@pytest.mark.usefixtures("_table")
def test_says_when_it_is_nobody(run):
    assert run("principals", "--account", FOREIGN).out == "Nobody.\n"


@pytest.mark.parametrize("options", [[], ["--administrators", "--escalating"]])
def test_one_question_at_a_time(run, options):
    ran = run("principals", *options)

    assert ran.code == 2
    assert "name one of --policy, --administrators, --escalating and --account" in ran.err
