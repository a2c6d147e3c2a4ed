"""Traps of running a monitor: events, settings, the table, and what people are told."""

import ast
import inspect
import json
import textwrap
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import rolecall
from rolecall.adapters.findings_items import finding_item
from rolecall.catalog import CHECKS, DETECTIONS, RULES
from rolecall.model.finding import Status
from rolecall.model.settings import NotificationSettings, RetentionSettings, Settings
from rolecall.model.severity import Severity
from rolecall.services.audit import Audit
from rolecall.services.detect import Detect
from rolecall.services.notify import Change, Notify
from tests.builders import (
    ACCOUNT,
    NOW,
    account,
    an_exception,
    envelope,
    finding,
    held,
    record,
    role,
    role_identity,
)
from tests.fakes import (
    FakeAccounts,
    FakeClock,
    FakeCoverage,
    FakeExceptions,
    FakeFindings,
    FakeMessages,
    an_event_judge,
)
from tests.traps.judging import found

AUDIT = "over-privilege"
ITEM_BYTES = 400 * 1024
"""https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html"""


def test_trap_10_nothing_that_people_write_is_run_as_code():
    source = Path(rolecall.__file__).parent
    calls = {
        node.func.id
        for file in source.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }

    assert "len" in calls
    assert not calls & {"eval", "exec", "compile", "__import__"}


def test_trap_10_an_exception_that_looks_like_code_is_text():
    mean = an_exception(rule="administrator-access", resource="__import__('os').system('id')")
    broad = an_exception(rule="administrator-access", resource="arn:*:role/deploy")
    administrator = account(roles=[role(policies=(held("*"),))])

    def status(exception):
        [only] = found("administrator-access", replace(administrator, exceptions=(exception,)))
        return only.status

    assert status(mean) is Status.OPEN
    assert status(broad) is Status.SUPPRESSED


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_trap_12_every_documented_parameter_is_read_by_the_code(rule):
    code = ast.parse(textwrap.dedent(inspect.getsource(rule.evaluate)))

    read = {node.id for node in ast.walk(code) if isinstance(node, ast.Name)}

    assert {*rule.parameters} <= read


def test_trap_13_one_event_seen_twice_is_one_finding():
    event = record("AttachRolePolicy", request=ADMINISTRATOR_FOR_DEPLOY)
    detect = a_detect()

    news = [detect.run(envelope(event)), detect.run(event)]

    assert [len(each) for each in news] == [1, 0]


def test_trap_14_what_identity_center_provisions_wakes_nobody():
    hand = role_identity("AWSServiceRoleForSSO", path="/aws-service-role/sso.amazonaws.com/")
    event = record("AttachRolePolicy", request=ADMINISTRATOR_FOR_DEPLOY, actor=hand)
    by_a_person = {**event, "userIdentity": role_identity("ops")}

    def told(event):
        changes = [Change(None, after) for after in a_detect().run(event)]
        messages = FakeMessages()
        Notify(messages, NotificationSettings()).run(changes)
        return messages.published

    assert not told(event)
    assert told(by_a_person)


def test_trap_14_roles_that_belong_to_services_are_not_held_against_you():
    path = "/aws-service-role/support.amazonaws.com/"
    arn = f"arn:aws:iam::{ACCOUNT}:role{path}AWSServiceRoleForSupport"
    linked = role("AWSServiceRoleForSupport", arn=arn, policies=(held("*"),))

    assert not found("administrator-access", account(roles=[linked]))


def test_trap_22_an_oidc_provider_in_the_second_statement_is_seen():
    provider = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"
    trust = {
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "ec2.amazonaws.com"},
                "Action": "sts:AssumeRole",
            },
            {
                "Effect": "Allow",
                "Principal": {"Federated": provider},
                "Action": "sts:AssumeRoleWithWebIdentity",
            },
        ]
    }
    request = {"roleName": "deploy", "policyDocument": json.dumps(trust)}

    [change] = a_detect().run(record("UpdateAssumeRolePolicy", request=request))

    assert provider in " ".join(change.evidence["trusted"])


def test_trap_28_the_first_audit_needs_nothing_in_the_table():
    audit = an_audit()

    audit.run(ACCOUNT, AUDIT, "run-1")

    opened = [each for each in audit.findings.stored.values() if each.principal]
    assert {each.first_seen_at for each in opened} == {NOW}
    assert {each.rule for each in opened} >= {"administrator-access"}


def test_trap_29_a_role_made_again_under_the_same_name_opens_its_finding_again():
    audit = an_audit()
    administrator = audit.accounts.snapshots[ACCOUNT]

    def status_after(snapshot, days):
        later = replace(snapshot, taken_at=NOW + timedelta(days=days))
        audit.accounts.snapshots[ACCOUNT] = later
        audit.run(ACCOUNT, AUDIT, f"run-{days}")
        stored = audit.findings.stored.values()
        return [each.status for each in stored if each.rule == "administrator-access"]

    again = role(policies=(held("*"),), created_at=NOW + timedelta(days=1))
    assert status_after(administrator, 0) == [Status.OPEN]
    assert status_after(replace(administrator, roles=()), 1) == [Status.RESOLVED]
    assert status_after(replace(administrator, roles=(again,)), 2) == [Status.OPEN]


@pytest.mark.parametrize("evidence", [{"text": "é" * 500_000}, {"list": ["ünïcode"] * 100_000}])
def test_trap_36_a_finding_larger_than_an_item_is_cut_and_saved(evidence):
    large = finding(evidence=evidence, severity=Severity.CRITICAL)

    item = finding_item(large, RetentionSettings())

    assert len(json.dumps(item, ensure_ascii=False).encode()) < 2 * ITEM_BYTES
    assert item_bytes(item) < ITEM_BYTES
    assert item["severity"] == {"S": "CRITICAL"}


ADMINISTRATOR_FOR_DEPLOY = {
    "roleName": "deploy",
    "policyArn": "arn:aws:iam::aws:policy/AdministratorAccess",
}


def a_detect():
    return Detect(FakeFindings(), an_event_judge(DETECTIONS), FakeClock(NOW), FakeExceptions())


def an_audit():
    return Audit(
        accounts=FakeAccounts(account(roles=[role(policies=(held("*"),))])),
        findings=FakeFindings(),
        coverage=FakeCoverage(),
        checks=CHECKS,
        settings=Settings(),
        exceptions=FakeExceptions(),
    )


def item_bytes(item):
    """Count as DynamoDB does: names, values, three bytes for each list or map, one for a member.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
    """
    return sum(len(name.encode()) + _bytes(value) for name, value in item.items())


def _bytes(attribute):
    [(kind, value)] = attribute.items()
    if kind == "M":
        return 3 + sum(1 + len(name.encode()) + _bytes(each) for name, each in value.items())
    if kind == "L":
        return 3 + sum(1 + _bytes(each) for each in value)
    return len(str(value).encode())
