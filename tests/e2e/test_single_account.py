"""Without an organization Rolecall watches the account that it is deployed in."""

import pytest

from demo import audits, organization
from demo.deployment import Deployment
from demo.embedded_aws import Credentials, EmbeddedAWS
from demo.findings import FindingsTable, wait_for

ACCOUNT = organization.HUB
_SETTINGS = f"""
[hub]
account = "{ACCOUNT}"
region = "us-east-1"
protect_data = false

[audits]
key_rotation = "cron(0 1 * * ? *)"
user_age = "cron(0 5 * * ? *)"
over_privilege = "cron(0 9 * * ? *)"
"""


@pytest.fixture(scope="module")
def alone():
    """An AWS whose one account is hub and member at once."""
    with EmbeddedAWS(ACCOUNT) as aws:
        root = Credentials(ACCOUNT, "test")
        account = organization.Account(ACCOUNT, "alone", root, f"arn:aws:iam::{ACCOUNT}:root")
        nobody_else = organization.Organization("", "", account, account, ())
        deployment = Deployment(aws, nobody_else)
        deployment.settings.write_text(_SETTINGS, encoding="utf-8")
        deployment.synthesize()
        deployment.bootstrap()
        deployment.deploy("RolecallHub", account)
        deployment.deploy("RolecallMember", account)
        yield aws


def test_a_change_in_the_only_account_is_found(alone):
    iam = alone.client("iam")
    iam.create_user(UserName="somebody")

    iam.create_access_key(UserName="somebody")

    findings = FindingsTable(alone.client("dynamodb"))

    def rules():
        found = {finding.rule for finding in findings.of_account(ACCOUNT)}
        return found if {"access-key-for-another-user", "root-activity"} <= found else None

    assert wait_for(rules, 10)


def test_the_audits_read_the_only_account(alone):
    runs = audits.run(alone.client("stepfunctions"))

    assert {(run["read"], len(run["unread"])) for run in runs} == {(1, 0)}
