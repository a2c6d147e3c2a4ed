import json
from dataclasses import replace

import pytest

from rolecall.adapters.dynamodb_changes import DynamoDBChanges
from rolecall.adapters.dynamodb_findings import DynamoDBFindings
from rolecall.adapters.dynamodb_principals import DynamoDBPrincipals
from rolecall.model.evidence import Resource
from rolecall.model.finding import Status
from rolecall.model.settings import RetentionSettings
from rolecall.model.severity import Severity
from rolecall.services.record_principals import RecordPrincipals
from tests.adapters.tables import (
    create_changes_table,
    create_findings_table,
    create_principals_table,
)
from tests.builders import ACCOUNT, KEY_ID, NOW, account, days_ago, finding, last_use, user
from tests.rights import a_call

ALICE = user(days_old=30, groups=("staff",))
GONE = f"arn:aws:iam::{ACCOUNT}:user/gone"
GRANTED = {
    "rule": "permissions-granted",
    "principal": None,
    "resource": Resource("AwsIamGroup", f"arn:aws:iam::{ACCOUNT}:group/staff"),
    "severity": Severity.LOW,
    "summary": "user bob, and so user alice, can now use sqs:SendMessage",
    "first_seen_at": days_ago(4),
}


@pytest.fixture(autouse=True)
def _tables(aws):
    client = aws.client("dynamodb")
    principals = DynamoDBPrincipals(client, create_principals_table(client))
    RecordPrincipals(principals).run(account(ALICE, taken_at=days_ago(20)))
    changes = DynamoDBChanges(client, create_changes_table(client))
    for name, request in (
        ("PutUserPolicy", {"userName": "alice"}),
        ("PutGroupPolicy", {"groupName": "staff"}),
        ("PutUserPolicy", {"userName": "bob"}),
        ("DeleteUser", {"userName": "gone"}),
    ):
        changes.keep(a_call(name, request=request, eventTime="2026-11-18T12:00:00Z"))
    table = create_findings_table(client)
    findings = DynamoDBFindings(client, table, RetentionSettings(), lambda: NOW)
    findings.save(
        [
            finding(first_seen_at=days_ago(10), status=Status.RESOLVED, resolved_at=days_ago(3)),
            finding(id=f"{ACCOUNT}-b", evidence={"principals": [ALICE.arn]}, **GRANTED),
            finding(id=f"{ACCOUNT}-c", evidence={"principals": ["somebody"]}, **GRANTED),
        ]
    )


def test_tells_the_story_of_a_user_in_order_of_time(run):
    ran = run("timeline", ALICE.arn)

    lines = [line.split("  ", 1) for line in ran.out.splitlines()]
    assert ran.code == 0
    assert [(at, text.partition(" (")[0]) for at, text in lines] == [
        ("2026-10-24 12:00", "user alice was made"),
        ("2026-11-03 12:00", "An audit saw its present rights first"),
        (
            "2026-11-13 12:00",
            f"HIGH access-key-rotation: user alice: access key {KEY_ID} dates from 2026-01-02",
        ),
        ("2026-11-18 12:00", "Made with aws-cli/2.31.0 by user mallory"),
        ("2026-11-18 12:00", "Made with aws-cli/2.31.0 by user mallory"),
        (
            "2026-11-19 12:00",
            "LOW permissions-granted: user bob, and so user alice, can now use sqs:SendMessage",
        ),
        ("2026-11-20 12:00", "access-key-rotation is over"),
    ]


def test_machines_get_a_moment_a_line(run):
    ran = run("timeline", ALICE.arn, "--format", "jsonl")

    moments = [json.loads(line) for line in ran.out.splitlines()]
    assert [each["kind"] for each in moments] == [
        "created",
        "rights",
        "found",
        "changed",
        "changed",
        "found",
        "resolved",
    ]
    assert moments[0]["at"] == "2026-10-24T12:00:00Z"


def test_one_that_is_gone_keeps_its_calls(run):
    ran = run("timeline", GONE)

    assert ran.code == 0
    assert ran.out.count("\n") == 1
    assert "DeleteUser" in ran.out


def test_says_so_where_nothing_is_known(run):
    ran = run("timeline", f"arn:aws:iam::{ACCOUNT}:role/nobody")

    assert ran.code == 2
    assert "nothing is known of" in ran.err


@pytest.mark.parametrize("arn", [f"arn:aws:iam::{ACCOUNT}:group/staff", "alice"])
def test_refuses_what_is_no_user_or_role(run, arn):
    assert run("timeline", arn).code == 2


def test_says_which_tables_were_looked_for(run):
    ran = run("timeline", ALICE.arn, "--changes", "elsewhere")

    assert ran.code == 2
    assert "there is no table" in ran.err
    assert "elsewhere" in ran.err


def test_the_last_use_is_part_of_the_story(run, aws):
    client = aws.client("dynamodb")
    record = DynamoDBPrincipals(client, "rolecall-principals").get(ALICE.arn)

    DynamoDBPrincipals(client, "rolecall-principals").save(
        [replace(record, last_use=last_use(1))], [record]
    )

    assert "2026-11-22 12:00  It was last used for s3" in run("timeline", ALICE.arn).out
