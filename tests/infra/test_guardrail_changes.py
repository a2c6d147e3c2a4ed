import json

import pytest
from moto.events.models import EventPattern

from tests.builders import envelope, record

NAME = "rolecall-guardrails"


@pytest.fixture(scope="module")
def rule(organization):
    return organization.resources("RolecallHub", "AWS::Events::Rule")[NAME]


@pytest.fixture(scope="module")
def wants(rule):
    pattern = EventPattern.load(json.dumps(rule["EventPattern"]))

    def matches(name, source="organizations.amazonaws.com", **fields):
        happened = record(name, source=source, **fields)
        if not happened.get("errorCode"):
            happened.pop("errorCode", None)
        return pattern.matches_event(envelope(happened))

    return matches


def test_audits_all_accounts_when_a_guardrail_changes(rule, wants):
    [target] = rule["Targets"]

    assert json.loads(target["Input"]) == {"audit": "over-privilege"}
    assert target["Arn"]["Ref"].startswith("AuditsStateMachine")
    assert wants("DetachPolicy")
    assert wants("MoveAccount")


def test_starts_nothing_for_other_calls_and_for_refused_ones(wants):
    assert not wants("CreateAccount")
    assert not wants("AttachPolicy", source="iam.amazonaws.com")
    assert not wants("DetachPolicy", error="AccessDeniedException")


def test_may_be_used_by_the_rules_of_the_account_alone(organization):
    [statement] = organization.resources("RolecallHub", "AWS::IAM::Role")[NAME][
        "AssumeRolePolicyDocument"
    ]["Statement"]

    assert statement["Principal"] == {"Service": "events.amazonaws.com"}
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}
    }


def test_is_not_there_without_an_organization(single_account):
    assert NAME not in single_account.resources("RolecallHub", "AWS::Events::Rule")
