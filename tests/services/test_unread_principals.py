"""Who could not be read is neither accused nor acquitted."""

import pytest

from rolecall.catalog import CHECKS
from rolecall.model.account import Gap
from rolecall.model.finding import Status
from rolecall.model.settings import Settings
from rolecall.model.severity import Severity
from rolecall.services.audit import Audit
from tests.builders import (
    access_key,
    account,
    finding,
    group,
    held,
    password,
    role,
    root,
    user,
)
from tests.fakes import FakeAccounts, FakeCoverage, FakeExceptions, FakeFindings


def audited(snapshot, audit, *stored):
    """Run the audit over a snapshot and return what is stored afterwards, by rule."""
    findings = FakeFindings(*stored)
    ports = (FakeAccounts(snapshot), findings, FakeCoverage(), CHECKS, Settings(), FakeExceptions())
    Audit(*ports).run(snapshot.id, audit, "run-2")
    return {each.rule: each for each in findings.stored.values()}


def test_a_principal_with_an_unreadable_policy_is_not_called_an_administrator():
    alice = user(policies=(held(),), unread=("deny-all",))

    assert "administrator-access" not in audited(account(alice), "over-privilege")


def test_a_finding_about_a_principal_with_an_unreadable_policy_stays_open():
    alice = user(unread=("odd",))
    before = finding(rule="administrator-access", principal=alice.arn)

    after = audited(account(alice), "over-privilege", before)

    assert after["administrator-access"] == before


def test_a_finding_about_a_role_with_an_unreadable_trust_policy_stays_open():
    deploy = role(unread=("trust policy of role deploy",))
    before = finding(rule="foreign-account-trust", principal=deploy.arn)

    after = audited(account(roles=[deploy]), "over-privilege", before)

    assert after["foreign-account-trust"] == before


def test_a_finding_about_somebody_else_is_resolved_all_the_same():
    alice, bob = user(unread=("odd",)), user("bob")
    before = finding(rule="administrator-access", principal=bob.arn)

    after = audited(account(alice, bob), "over-privilege", before)

    assert after["administrator-access"].status is Status.RESOLVED


def test_an_unreadable_policy_does_not_keep_findings_about_keys_open():
    alice = user(unread=("odd",), keys=[access_key(days_old=1)])
    before = finding(rule="access-key-rotation", principal=alice.arn)

    after = audited(account(alice), "key-rotation", before)

    assert after["access-key-rotation"].status is Status.RESOLVED


def test_an_unreadable_row_of_the_report_keeps_findings_about_keys_open():
    alice = user(credentials=None)
    before = finding(rule="access-key-rotation", principal=alice.arn)

    after = audited(account(alice), "key-rotation", before)

    assert after["access-key-rotation"] == before


@pytest.mark.parametrize("audit", ["key-rotation", "over-privilege"])
def test_findings_about_a_user_that_is_gone_are_resolved(audit):
    rule = {"key-rotation": "access-key-rotation", "over-privilege": "administrator-access"}[audit]
    before = finding(rule=rule, principal="arn:aws:iam::111122223333:user/gone")

    after = audited(account(user()), audit, before)

    assert after[rule].status is Status.RESOLVED


def test_a_gap_that_passes_wakes_nobody():
    gap = Gap("credentials of new users", "iam:GetCredentialReport", "newcomer", is_passing=True)

    after = audited(account(user(), gaps=(gap,)), "key-rotation")

    assert after["coverage-gap"].severity is Severity.INFORMATIONAL


def test_what_is_said_of_the_account_stays_while_anybodys_credentials_are_unread():
    known = user("bob", password=password())
    before = finding(rule="password-policy-absent", principal=None)

    unread = audited(account(known, user(credentials=None), root=root()), "user-age", before)
    read = audited(account(known, user(), root=root()), "user-age", before)

    assert unread["password-policy-absent"].status is Status.OPEN
    assert read["password-policy-absent"].status is Status.RESOLVED


def test_what_is_said_of_a_group_stays_while_a_policy_of_it_is_unreadable():
    before = finding(rule="group-with-inline-policy", principal=None)

    unread = audited(account(groups=(group(unread=("odd",)),)), "user-age", before)
    read = audited(account(groups=(group(),)), "user-age", before)

    assert unread["group-with-inline-policy"].status is Status.OPEN
    assert read["group-with-inline-policy"].status is Status.RESOLVED
