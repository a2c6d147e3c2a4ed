"""Traps of judging: what makes other monitors praise the wrong account or blame the right one."""

from dataclasses import replace

import pytest

from rolecall.model.organization import Guardrails
from rolecall.model.principals import PolicyKind
from rolecall.model.reader_actions import READER_ACTIONS
from rolecall.model.settings import RuleSettings, Settings
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from rolecall.services.assemble import assemble
from tests.adapters.iam_answers import (
    attached,
    boundary,
    group_detail,
    inline,
    page,
    policy_detail,
    raw,
    report,
    report_row,
    role_detail,
    user_detail,
)
from tests.builders import (
    ACCOUNT,
    FOREIGN,
    access_key,
    account,
    days_ago,
    document,
    finding,
    held,
    password,
    role,
    root,
    user,
)
from tests.traps.judging import found, judged

ADMINISTRATOR = "administrator-access"
EVERYTHING = policy_detail("everything", text=document())


def administrators(*pages):
    return [each.principal for each in found(ADMINISTRATOR, assemble(raw(*pages)))]


def is_administrator(*policies, **fields):
    return bool(found(ADMINISTRATOR, account(user(policies=policies), **fields)))


def blockers(snapshot):
    """Return what keeps the only one from being an administrator, told as no more than that."""
    [only] = found(ADMINISTRATOR, snapshot)
    assert only.verdict == "blocked"
    assert only.severity is Severity.INFORMATIONAL
    assert not only.commands
    return only.evidence["blocked_by"]


def test_trap_03_age_of_an_inactive_key_counts_from_its_deactivation():
    key = access_key(days_old=1000, active=False)
    rule = "inactive-access-key"

    def severity(inactive_since):
        seen = {"seen_inactive_at": f"{inactive_since:%Y-%m-%dT%H:%M:%SZ}"}
        today = account(user(keys=[key]))
        [first] = found(rule, today)
        before = finding(id=first.id, rule=rule, evidence=seen)
        [now] = found(rule, today.remembering([before]))
        return now.severity

    assert severity(days_ago(1)) is Severity.INFORMATIONAL
    assert severity(days_ago(90, seconds=1)) is Severity.LOW
    assert not found("access-key-rotation", account(user(keys=[key])))


def test_trap_04_a_console_user_who_never_logged_in_does_not_pass_for_active():
    row = report_row(
        password_enabled="true",
        password_last_used="no_information",
        password_last_changed=f"{days_ago(100):%Y-%m-%dT%H:%M:%S+00:00}",
    )

    snapshot = assemble(raw(page(users=[user_detail()]), report=report(row)))

    assert found("console-never-used", snapshot)


def test_trap_05_use_of_the_root_password_and_of_a_root_key_are_two_findings():
    both = root(password=password(used=1), keys=[access_key(used=2)])
    key_only = root(password=password(), keys=[access_key(used=2)])

    def used(each):
        return found("root-used-recently", account(root=each))

    assert len(used(both)) == 2
    assert len(used(key_only)) == 1


@pytest.mark.parametrize(
    "page",
    [
        page(users=[user_detail(UserPolicyList=[inline(text=document())])]),
        page(
            users=[user_detail(AttachedManagedPolicies=attached("everything"))],
            policies=[EVERYTHING],
        ),
        page(
            users=[
                user_detail(AttachedManagedPolicies=attached("AdministratorAccess", of_aws=True))
            ],
            policies=[policy_detail("AdministratorAccess", of_aws=True, text=document())],
        ),
        page(
            users=[user_detail(GroupList=["admins"])],
            groups=[group_detail(AttachedManagedPolicies=attached("everything"))],
            policies=[EVERYTHING],
        ),
        page(
            users=[user_detail(GroupList=["admins"])],
            groups=[group_detail(GroupPolicyList=[inline(text=document())])],
        ),
    ],
    ids=["inline", "customer-managed", "of-aws", "managed-of-group", "inline-of-group"],
)
def test_trap_06_administrators_are_found_wherever_the_policy_comes_from(page):
    assert administrators(page) == [f"arn:aws:iam::{ACCOUNT}:user/alice"]


def test_trap_06_the_roles_of_permission_sets_count_as_well():
    path = "/aws-reserved/sso.amazonaws.com/"
    name = "AWSReservedSSO_Admin_0123456789abcdef"
    arn = f"arn:aws:iam::{ACCOUNT}:role{path}{name}"
    reserved = role_detail(name, Path=path, Arn=arn, RolePolicyList=[inline(text=document())])

    assert administrators(page(roles=[reserved])) == [arn]


def test_trap_11_our_own_role_passes_our_own_checks():
    reader = role(
        "rolecall-reader",
        trust={
            "Version": "2012-10-17",
            "Statement": {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:role/rolecall-check-user-age"},
                "Action": "sts:AssumeRole",
            },
        },
        policies=(held(list(READER_ACTIONS), name="read"),),
    )

    own = [each.rule for each in judged(account(roles=[reader])).findings if each.principal]

    assert own == []


def test_trap_17_a_key_used_today_or_89_or_90_days_ago_is_in_use_and_one_of_91_is_not():
    settings = Settings(
        rules={"unused-credentials": RuleSettings(parameters={"max_unused_days": 90})}
    )

    def is_unused(days, **more):
        last_use = replace(access_key(used=0).last_use, at=days_ago(days, **more))
        key = access_key(days_old=400, last_use=last_use)
        return bool(found("unused-credentials", account(user(keys=[key])), settings))

    assert [is_unused(days) for days in (0, 89, 90, 91)] == [False, False, False, True]
    assert [is_unused(90, seconds=more) for more in (-1, 0, 1)] == [False, False, True]


@pytest.mark.parametrize("resource", ["*", ["*"], ["arn:aws:s3:::logs", "*"]])
def test_trap_18_a_list_with_a_star_is_everything(resource):
    assert is_administrator(held("*", resource))


@pytest.mark.parametrize("principal", ["*", {"AWS": "*"}, {"AWS": ["*"]}])
def test_trap_19_a_star_lets_everybody_in(principal):
    trust = {"Version": "2012-10-17", "Statement": [statement(principal)]}

    [evidence] = found("public-trust", account(roles=[role(trust=trust, policies=[held("s3:*")])]))

    assert evidence.severity is Severity.CRITICAL


@pytest.mark.parametrize(
    "statements",
    [
        [{"AWS": FOREIGN}],
        [{"AWS": f"arn:aws:iam::{FOREIGN}:root"}],
        [{"AWS": [f"arn:aws:iam::{ACCOUNT}:root", f"arn:aws:iam::{FOREIGN}:role/ci"]}],
        [{"Service": "lambda.amazonaws.com"}, {"AWS": f"arn:aws:iam::{FOREIGN}:root"}],
    ],
    ids=["bare-account-id", "string", "list", "second-statement"],
)
def test_trap_20_principals_are_seen_as_string_in_lists_and_in_every_statement(statements):
    [evidence] = foreign(*map(statement, statements))

    assert evidence.evidence["account"] == FOREIGN


def test_trap_21_a_role_that_only_saml_opens_is_an_administrator_as_well():
    provider = {"Federated": f"arn:aws:iam::{ACCOUNT}:saml-provider/idp"}
    trust = {
        "Version": "2012-10-17",
        "Statement": [statement(provider) | {"Action": "sts:AssumeRoleWithSAML"}],
    }

    admin = account(roles=[role(trust=trust, policies=(held("*"),))])

    assert found(ADMINISTRATOR, admin)


def test_trap_23_not_action_allows_what_it_does_not_name():
    text = document()
    del text["Statement"][0]["Action"]

    def may_administer(*excluded):
        text["Statement"][0]["NotAction"] = list(excluded)
        return administrators(page(users=[user_detail(UserPolicyList=[inline(text=text)])]))

    assert may_administer("s3:*")
    assert not may_administer("iam:*")


@pytest.mark.parametrize(("action", "is_one"), [("ia?:*", True), ("???:*", True), ("i?:*", False)])
def test_trap_24_a_question_mark_is_any_one_character(action, is_one):
    assert is_administrator(held(action)) is is_one


def test_trap_25_a_deny_in_another_policy_counts():
    deny = held("iam:*", effect="Deny", name="deny", group="everybody", kind=PolicyKind.INLINE)

    assert blockers(account(user(policies=(held("*"), deny)))) == ["a Deny in policy deny"]


def test_trap_26_rights_split_over_two_policies_are_added_up():
    first, second = ["iam:Attach*", "iam:Put*"], ["iam:Create*", "iam:Update*"]

    assert is_administrator(held(first, name="first"), held(second, name="second", group="team"))
    assert not is_administrator(held(first))


def test_trap_31_an_scp_takes_an_administrator_the_power():
    deny = Policy.parse(document("iam:*", effect="Deny"), name="no IAM")
    full = Policy.parse(document(), name="FullAWSAccess")
    everything = user(policies=(held("*"),))

    def under(*scps):
        return account(everything, guardrails=Guardrails(scps=((full,), scps)))

    [only] = found(ADMINISTRATOR, under(full))
    assert only.verdict == "granted"
    assert only.severity is Severity.CRITICAL
    assert blockers(under(full, deny)) == ["service control policy no IAM"]


def test_trap_35_a_policy_that_is_only_a_boundary_gives_nothing():
    limited = user_detail(PermissionsBoundary=boundary("everything"))

    assert not administrators(page(users=[limited], policies=[EVERYTHING]))


def test_trap_35_a_boundary_limits_what_the_policies_give():
    limit = policy_detail("limit", text=document("s3:*"))
    limited = user_detail(
        PermissionsBoundary=boundary("limit"), AttachedManagedPolicies=attached("everything")
    )

    snapshot = assemble(raw(page(users=[limited], policies=[EVERYTHING, limit])))

    assert blockers(snapshot) == ["permissions boundary limit"]


def test_trap_13_one_cause_is_one_finding_whatever_the_number_of_standards():
    [only] = found(ADMINISTRATOR, account(user(policies=(held("*"),))))

    assert len(only.compliance) > 1
    assert only.region == "global"


def foreign(*statements):
    trust = {"Version": "2012-10-17", "Statement": list(statements)}
    return found("foreign-account-trust", account(roles=[role(trust=trust)]))


def statement(principal):
    return {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
