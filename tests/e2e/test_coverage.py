"""What could not be read becomes a finding of its own and leaves all others alone."""

import json

import pytest

from demo.organization import DEVELOPMENT
from rolecall.catalog import COMPARISONS, DETECTIONS

READER = "rolecall-reader"


@pytest.fixture
def reader(world):
    """The reader role of a member; put back as it was."""
    iam = world.member("iam", DEVELOPMENT)
    role = iam.get_role(RoleName=READER)["Role"]
    names = iam.list_role_policies(RoleName=READER)["PolicyNames"]
    policies = {
        name: iam.get_role_policy(RoleName=READER, PolicyName=name)["PolicyDocument"]
        for name in names
    }
    yield iam
    remaining = {each["RoleName"] for each in iam.list_roles()["Roles"]}
    if READER not in remaining:
        trust = json.dumps(role["AssumeRolePolicyDocument"])
        iam.create_role(RoleName=READER, AssumeRolePolicyDocument=trust)
    for name in iam.list_role_policies(RoleName=READER)["PolicyNames"]:
        iam.delete_role_policy(RoleName=READER, PolicyName=name)
    for name, document in policies.items():
        iam.put_role_policy(RoleName=READER, PolicyName=name, PolicyDocument=json.dumps(document))


def test_an_account_without_its_reader_role_is_a_gap_and_nothing_else_changes(world, reader):
    world.audit()
    before = _others(world)
    for name in reader.list_role_policies(RoleName=READER)["PolicyNames"]:
        reader.delete_role_policy(RoleName=READER, PolicyName=name)
    reader.delete_role(RoleName=READER)

    runs = world.audit()

    assert all(run["unread"] == [DEVELOPMENT] and run["read"] == 4 for run in runs)
    gap = world.await_finding(DEVELOPMENT, "coverage-gap", summary="sts:AssumeRole")
    assert DEVELOPMENT in gap.summary
    assert "AccessDenied" in gap.summary
    assert _others(world) == before


def test_a_gap_closes_when_the_account_can_be_read_again(world):
    world.audit()

    gaps = [f for f in world.findings.of_account(DEVELOPMENT) if f.rule == "coverage-gap"]
    assert gaps
    assert {gap.status for gap in gaps} == {"RESOLVED"}


def test_a_reader_that_is_denied_one_call_leaves_a_gap_that_names_it(world, reader):
    world.audit()
    before = _others(world)
    deny = {"Effect": "Deny", "Action": "iam:GetCredentialReport", "Resource": "*"}
    document = json.dumps({"Version": "2012-10-17", "Statement": [deny]})
    reader.put_role_policy(RoleName=READER, PolicyName="deny", PolicyDocument=document)

    world.audit("key-rotation")

    gap = world.await_finding(DEVELOPMENT, "coverage-gap", summary="GetCredentialReport")
    assert gap.status == "OPEN"
    assert _others(world) == before


def _others(world):
    """What is known of the account by checks; detections come of our own calls here."""
    rules = {"coverage-gap", *(rule.id for rule in (*DETECTIONS, *COMPARISONS))}
    found = world.findings.of_account(DEVELOPMENT)
    return {f.id: (f.status, f.changed_at, f.source) for f in found if f.rule not in rules}
