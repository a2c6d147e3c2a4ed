"""The over-privilege audit keeps what every user and role holds, and writes it once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from demo.organization import DEVELOPMENT, PRODUCTION
from demo.seed import FOREIGN_ACCOUNT
from rolecall.adapters.dynamodb_principals import DynamoDBPrincipals
from rolecall.model.principal_record import Rank

TABLE = "rolecall-principals"
NIGHT_SHIFT = f"arn:aws:iam::{PRODUCTION}:user/night-shift"
VENDOR = f"arn:aws:iam::{PRODUCTION}:role/vendor-support"
SUPPORT_LEAD = f"arn:aws:iam::{DEVELOPMENT}:user/support-lead"


@pytest.fixture
def principals(world):
    world.audit("over-privilege")
    return DynamoDBPrincipals(world.hub("dynamodb"), TABLE)


def test_keeps_who_may_assume_a_seeded_role(principals):
    record = principals.get(VENDOR)

    assert [term.who for term in record.trusts] == [f"AWS:{FOREIGN_ACCOUNT}"]
    assert record.fingerprint


def test_keeps_the_administrators_of_every_account(principals):
    arns = {record.arn for record in principals.of_rank(Rank.ADMINISTRATOR)}

    assert {NIGHT_SHIFT, SUPPORT_LEAD} <= arns


def test_keeps_through_which_group_a_policy_comes(principals):
    groups = {policy.group for policy in principals.get(SUPPORT_LEAD).policies}

    assert groups == {"support"}


@pytest.mark.usefixtures("principals")
def test_a_second_audit_writes_nothing(world):
    before = _items(world)

    world.audit("over-privilege")

    assert before
    assert _items(world) == before


def test_follows_a_principal_that_comes_changes_and_goes(world, principals):
    iam = world.member("iam", PRODUCTION)
    arn = iam.create_user(UserName="passer-by")["User"]["Arn"]
    world.audit("over-privilege")
    made = principals.get(arn)

    policy = {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": policy})
    iam.put_user_policy(UserName="passer-by", PolicyName="queues", PolicyDocument=document)
    world.audit("over-privilege")
    changed = principals.get(arn)

    iam.delete_user_policy(UserName="passer-by", PolicyName="queues")
    iam.delete_user(UserName="passer-by")
    world.audit("over-privilege")
    assert made.policies == ()
    assert [each.name for each in changed.policies] == ["queues"]
    assert changed.fingerprint != made.fingerprint
    assert principals.get(arn) is None


@pytest.mark.usefixtures("principals")
def test_the_command_line_reads_it(world):
    command = [str(Path(sys.executable).parent / "rolecall"), "principal", VENDOR, "--table", TABLE]
    environment = {**os.environ, **world.aws.environment(world.organization.hub.administrator)}

    done = subprocess.run(  # noqa: S603 - our own command
        command, env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert f"AWS:{FOREIGN_ACCOUNT}" in done.stdout


def _items(world):
    pages = world.hub("dynamodb").get_paginator("scan").paginate(TableName=TABLE)
    return sorted((i for page in pages for i in page["Items"]), key=lambda each: each["id"]["S"])
