from dataclasses import replace

import pytest

from rolecall.model.completeness import Completeness, Part, State
from rolecall.model.finding import Status
from rolecall.model.organization import Guardrails
from rolecall.model.scope import Scope
from rolecall.model.settings import RuleSettings, Settings
from rolecall.model.severity import Severity
from rolecall.policy import Policy
from rolecall.services.compose import Kind, News, compose
from tests.builders import (
    ACCOUNT,
    NOW,
    account,
    an_exception,
    days_ago,
    document,
    group,
    held,
    role,
    role_identity,
    user,
)
from tests.looks import World
from tests.rights import ADMIN, DEPLOY

PASS = held("iam:PassRole", f"arn:aws:iam::{ACCOUNT}:role/admin")
ESCALATING = replace(DEPLOY, policies=(*DEPLOY.policies, PASS))
YESTERDAY, AN_HOUR_AGO = days_ago(1), days_ago(0, hours=1)
WRITTEN = {
    "request": {"roleName": "ci-deploy", "policyName": "pass"},
    "eventTime": "2026-11-23T11:59:00Z",
}


@pytest.fixture
def world():
    """An account that was looked at yesterday."""
    world = World()
    world.look(ADMIN, DEPLOY, at=YESTERDAY)
    return world


def told(finding):
    return compose(News(Kind.OPENED, finding), "").text


def test_says_what_a_change_granted_and_who_made_it(world):
    made_by = role_identity("ops", session="anna")
    console = {"sessionCredentialFromConsole": "true"}
    world.happened("PutRolePolicy", actor=made_by, **WRITTEN, **console)

    [finding] = world.look(ADMIN, ESCALATING)

    assert finding.rule == "permissions-granted"
    assert finding.severity is Severity.HIGH
    assert finding.resource.arn == finding.principal == DEPLOY.arn
    assert finding.summary.startswith("role ci-deploy can now become an administrator: role ci-")
    assert finding.summary.endswith(
        ". Made by hand in the console by role ops (session anna)"
        " (PutRolePolicy, 2026-11-23 11:59 UTC)"
    )
    assert finding.evidence["gained"] == ["iam:PassRole"]
    assert finding.evidence["actor"] == f"arn:aws:iam::{ACCOUNT}:role/ops"
    assert f"Who       arn:aws:iam::{ACCOUNT}:role/ops\n" in told(finding)
    assert finding.source == finding.evidence["event_id"]


def test_tells_nothing_at_the_first_look():
    assert World().look(ADMIN, DEPLOY) == []


def test_tells_nothing_of_what_did_not_change(world):
    world.happened("PutRolePolicy", **WRITTEN)

    assert world.look(ADMIN, DEPLOY) == []


def test_tells_a_change_once_however_often_it_is_looked_at(world):
    world.look(ADMIN, ESCALATING)

    assert world.look(ADMIN, ESCALATING, at=days_ago(-1)) == []


def test_tells_a_change_that_could_not_be_recorded_again_as_the_same(world):
    records = dict(world.principals.stored)
    looks = dict(world.changes.looks)
    [finding] = world.look(ADMIN, ESCALATING)
    world.principals.stored, world.changes.looks = records, looks

    assert world.look(ADMIN, ESCALATING, at=days_ago(0, minutes=-3)) == []
    assert list(world.findings.stored) == [finding.id]


def test_tells_each_of_two_grants_of_the_same(world):
    [first] = world.look(ADMIN, ESCALATING, at=days_ago(0, hours=2))
    [taken] = world.look(ADMIN, DEPLOY, at=AN_HOUR_AGO)
    [again] = world.look(ADMIN, ESCALATING)

    assert [first.rule, taken.rule, again.rule] == [
        "permissions-granted",
        "permissions-lost",
        "permissions-granted",
    ]
    assert first.id != again.id


def test_says_so_where_no_event_was_seen(world):
    world.happened("PutRolePolicy", request={"roleName": "other"}, eventTime=WRITTEN["eventTime"])

    [finding] = world.look(ADMIN, ESCALATING)

    assert finding.summary.endswith(". No event was seen for it")
    assert finding.evidence["events"] == []
    assert "When      2026-11-23 12:00 UTC" in told(finding)
    assert "Who" not in told(finding)


OF_STACK = {"tags": {"aws:cloudformation:stack-name": "pipelines"}}


def test_says_that_a_role_of_a_stack_was_changed_past_it(world):
    world.happened("PutRolePolicy", **WRITTEN)

    finding, _ = world.look(ADMIN, replace(ESCALATING, **OF_STACK))

    assert finding.summary.endswith(
        " UTC). It belongs to CloudFormation stack pipelines, which did not do this"
    )
    assert finding.evidence["code"] == "CloudFormation stack pipelines"


def test_a_stack_is_not_said_to_be_innocent_where_no_event_was_seen(world):
    [finding] = world.look(ADMIN, replace(ESCALATING, **OF_STACK))

    assert finding.summary.endswith(
        ". No event was seen for it. It belongs to CloudFormation stack pipelines"
    )


def test_a_role_that_its_stack_changed_is_told_as_that(world):
    deployed = role_identity(invokedBy="cloudformation.amazonaws.com")
    world.happened("PutRolePolicy", actor=deployed, **WRITTEN)

    [finding] = world.look(ADMIN, replace(ESCALATING, **OF_STACK))

    assert ". Made with CloudFormation by role ci-deploy" in finding.summary
    assert "which did not do this" not in finding.summary


def test_an_event_from_before_the_last_look_is_not_the_cause(world):
    world.happened("PutRolePolicy", **{**WRITTEN, "eventTime": "2026-11-22T11:00:00Z"})

    [finding] = world.look(ADMIN, ESCALATING)

    assert finding.evidence["events"] == []


def test_an_event_from_after_the_snapshot_is_not_the_cause(world):
    world.happened("PutRolePolicy", **{**WRITTEN, "eventTime": "2026-11-23T12:00:01Z"})

    [finding] = world.look(ADMIN, ESCALATING)

    assert finding.evidence["events"] == []


def test_folds_those_whom_one_policy_reaches(world):
    arn = f"arn:aws:iam::{ACCOUNT}:policy/shared"
    one, two = (role(name, policies=(held("sqs:*", arn=arn),)) for name in ("one", "two"))
    world.look(ADMIN, one, two, at=AN_HOUR_AGO)
    request = {"policyArn": arn, "setAsDefault": True}
    world.happened("CreatePolicyVersion", request=request, eventTime=WRITTEN["eventTime"])
    wider = (held(["sqs:*", "s3:GetObject"], arn=arn),)

    [finding] = world.look(ADMIN, *(replace(each, policies=wider) for each in (one, two)))

    assert (finding.resource.type, finding.resource.arn) == ("AwsIamPolicy", arn)
    assert finding.summary.startswith("role one can now read stored data")
    assert "; role two changed with it. Made with" in finding.summary
    assert finding.evidence["principals"] == [one.arn, two.arn]
    assert finding.principal is None


def test_folds_those_who_are_in_a_group_and_leaves_others_apart(world):
    alice, bob, carol = (user(name, groups=("staff",)) for name in ("alice", "bob", "carol"))
    world.look(ADMIN, alice, bob, carol, at=AN_HOUR_AGO)
    request = {"groupName": "staff", "policyName": "p"}
    world.happened("PutGroupPolicy", request=request, eventTime=WRITTEN["eventTime"])
    from_group = (held("s3:GetObject", group="staff"),)
    after = [replace(each, policies=from_group) for each in (alice, bob, carol)]

    found = world.look(ADMIN, *after, ESCALATING, groups=(group("staff"),))

    by_resource = {each.resource.arn: each for each in found}
    staff = by_resource[f"arn:aws:iam::{ACCOUNT}:group/staff"]
    assert staff.summary.startswith("user alice can now read stored data")
    assert "; 2 others changed with it. Made with" in staff.summary
    assert staff.evidence["principal_count"] == 3


def test_names_the_cause_of_a_way_that_another_role_opened(world):
    guarded = replace(ADMIN, policies=(held("s3:*"),))
    world.look(guarded, ESCALATING, at=AN_HOUR_AGO)
    request = {"roleName": "admin", "policyName": "all"}
    world.happened("PutRolePolicy", request=request, eventTime=WRITTEN["eventTime"])

    found = world.look(ADMIN, ESCALATING)

    [finding] = found
    assert finding.severity is Severity.CRITICAL
    assert finding.summary.startswith("role admin is now an administrator of its account")
    assert "; role ci-deploy changed with it" in finding.summary
    assert finding.evidence["event_count"] == 1


NO_QUEUES = (Policy.parse(document("sqs:*", effect="Deny"), name="no-queues"),)
ALL = (Policy.parse(document("*"), name="FullAWSAccess"),)
GUARDED = Guardrails(scps=(ALL, NO_QUEUES))
ORGANIZATIONS = "organizations.amazonaws.com"


def test_tells_what_a_guardrail_had_blocked_and_for_whom(world):
    one, two = (role(name, policies=(held("sqs:SendMessage"),)) for name in ("one", "two"))
    world.look(one, two, at=AN_HOUR_AGO, guardrails=GUARDED)
    request = {"policyId": "p-queues", "targetId": "ou-1"}
    time = WRITTEN["eventTime"]
    world.happened("DetachPolicy", source=ORGANIZATIONS, request=request, eventTime=time)

    [finding] = world.look(one, two, guardrails=Guardrails(scps=(ALL,)))

    assert finding.summary.startswith("role one can now use sqs:SendMessage on every resource")
    assert "; role two changed with it" in finding.summary
    assert "(DetachPolicy, 2026-11-23 11:59 UTC)" in finding.summary
    assert finding.resource.type == "AwsAccount"


def test_a_guardrail_of_another_account_is_no_cause(world):
    other = {"accountId": "444455556666", "sourceParentId": "ou-1", "destinationParentId": "ou-2"}
    own = {"policyId": "p-1", "targetId": ACCOUNT}
    time = WRITTEN["eventTime"]
    world.happened("MoveAccount", source=ORGANIZATIONS, request=other, eventTime=time)

    [unexplained] = world.look(ADMIN, ESCALATING, at=days_ago(0, seconds=10))
    world.happened("AttachPolicy", source=ORGANIZATIONS, request=own, eventTime=time)
    [explained] = world.look(ADMIN, DEPLOY)

    assert unexplained.evidence["events"] == []
    assert [each["name"] for each in explained.evidence["events"]] == ["AttachPolicy"]


def test_who_gains_is_told_apart_from_who_loses_by_the_same_call(world):
    arn = f"arn:aws:iam::{ACCOUNT}:policy/shared"
    one = role("one", policies=(held("sqs:SendMessage", arn=arn),))
    two = role("two", policies=(held("s3:GetObject", arn=arn),))
    both = held(["sqs:SendMessage", "s3:GetObject"], arn=arn)
    world.look(ADMIN, one, two, at=AN_HOUR_AGO)
    request = {"policyArn": arn, "setAsDefault": True}
    world.happened("CreatePolicyVersion", request=request, eventTime=WRITTEN["eventTime"])

    found = world.look(
        ADMIN,
        replace(one, policies=(both,)),
        replace(two, policies=(held("s3:ListBucket", effect="Deny", arn=arn),)),
    )

    assert {each.rule: each.resource.arn for each in found} == {
        "permissions-granted": one.arn,
        "permissions-lost": two.arn,
    }


def test_a_guardrail_is_no_cause_of_what_a_call_to_iam_explains(world):
    request = {"policyId": "p-queues", "targetId": "ou-1"}
    time = WRITTEN["eventTime"]
    world.happened("DetachPolicy", source=ORGANIZATIONS, request=request, eventTime=time)
    world.happened("PutRolePolicy", **WRITTEN)

    [finding] = world.look(ADMIN, ESCALATING)

    assert [each["name"] for each in finding.evidence["events"]] == ["PutRolePolicy"]


def test_all_of_a_new_role_is_told(world):
    new = role("fresh", policies=(held("s3:GetObject"),), created_at=AN_HOUR_AGO)
    world.happened("CreateRole", request={"roleName": "fresh"}, eventTime="2026-11-23T11:00:00Z")

    [finding] = world.look(ADMIN, DEPLOY, new)

    assert finding.summary.startswith("role fresh, which is new, can now read stored data")


def test_one_that_could_not_be_read_before_is_not_new(world):
    old = role("hidden", policies=(held("s3:GetObject"),), created_at=days_ago(100))

    assert world.look(ADMIN, DEPLOY, old) == []
    assert old.arn in world.principals.stored


def test_tells_nothing_of_roles_that_only_aws_can_take(world):
    arn = f"arn:aws:iam::{ACCOUNT}:role/aws-service-role/sso.amazonaws.com/AWSServiceRoleForSSO"
    linked = role("AWSServiceRoleForSSO", arn=arn, created_at=NOW, policies=(held("iam:*"),))

    assert world.look(ADMIN, DEPLOY, linked) == []


def test_one_that_is_gone_gained_nothing_and_its_record_goes(world):
    assert world.look(ADMIN) == []
    assert set(world.principals.stored) == {ADMIN.arn}


def test_judges_nothing_by_a_snapshot_without_guardrails(world):
    unread = Completeness(State.DENIED, "AccessDenied", "organizations:ListPolicies")
    parts = {**account().parts, Part.ORGANIZATION_POLICIES: unread}

    assert world.look(ADMIN, ESCALATING, parts=parts) == []
    assert world.principals.stored[DEPLOY.arn].rank == "ordinary"


def test_renews_records_made_with_another_table_of_actions_and_says_nothing(world):
    stored = world.principals.stored
    stored[DEPLOY.arn] = replace(stored[DEPLOY.arn], action_table="0.0.1")

    assert world.look(ADMIN, ESCALATING) == []
    assert stored[DEPLOY.arn].action_table != "0.0.1"


def test_a_snapshot_that_is_overtaken_touches_nothing(world):
    world.look(ADMIN, ESCALATING)

    assert world.look(ADMIN, DEPLOY, at=AN_HOUR_AGO) == []
    assert world.principals.stored[DEPLOY.arn].rank == "escalates"


def test_exceptions_suppress_what_they_cover(world):
    world.exceptions.save(an_exception(rule="permissions-granted", scope=Scope(account=ACCOUNT)))

    [finding] = world.look(ADMIN, ESCALATING)

    assert finding.status is Status.SUPPRESSED


def test_a_rule_that_is_switched_off_is_silent():
    off = Settings(rules={"permissions-granted": RuleSettings(enabled=False)})
    world = World(off)
    world.look(ADMIN, DEPLOY, at=YESTERDAY)

    assert world.look(ADMIN, ESCALATING) == []


MADE = {
    "actor": role_identity("ops", session="anna"),
    "request": {"roleName": "fresh"},
    "eventTime": "2026-11-23T11:59:00Z",
}


def test_keeps_and_tells_who_made_a_role(world):
    fresh = role("fresh", created_at=NOW.replace(hour=11, minute=59), policies=(held("*"),))
    world.happened("CreateRole", **MADE)

    found = world.look(ADMIN, DEPLOY, fresh)

    ops = f"arn:aws:iam::{ACCOUNT}:role/ops"
    assert world.principals.stored[fresh.arn].creator == ops
    [granted] = [each for each in found if each.rule == "permissions-granted"]
    assert granted.evidence["creator"] == ops
    assert compose(News(Kind.OPENED, granted), "").attributes["owner"] == ops


def test_who_made_an_earlier_role_of_the_name_did_not_make_this_one(world):
    older = role("fresh", created_at=NOW.replace(hour=9))
    world.happened("CreateRole", **MADE)

    world.look(ADMIN, DEPLOY, older)

    assert world.principals.stored[older.arn].creator == ""


SSO_ROLE = "AWSReservedSSO_Ops_0123456789abcdef"
SSO_ARN = f"arn:aws:iam::{ACCOUNT}:role/aws-reserved/sso.amazonaws.com/{SSO_ROLE}"
PROVISIONED = role(SSO_ROLE, arn=SSO_ARN)
BY_AWS = {"type": "AWSService", "invokedBy": "sso.amazonaws.com"}


def at_identity_center(world, permission_set, name="PutInlinePolicyToPermissionSet"):
    world.happened(
        name,
        source="sso.amazonaws.com",
        actor=role_identity("idp-admin", session="anna"),
        request={"permissionSetArn": f"arn:aws:sso:::permissionSet/ssoins-1/{permission_set}"},
        eventTime="2026-11-23T11:57:00Z",
    )


def provisioned(world):
    """Look at the role before and after Identity Center wrote its policy; return what is told."""
    request = {"roleName": PROVISIONED.name, "policyName": "AwsSSOInlinePolicy"}
    world.happened("PutRolePolicy", actor=BY_AWS, request=request, eventTime="2026-11-23T11:58:00Z")
    [told_] = world.look(ADMIN, DEPLOY, replace(PROVISIONED, policies=(held("sqs:*"),)))
    return told_


@pytest.fixture
def with_permission_set():
    world = World()
    world.look(ADMIN, DEPLOY, PROVISIONED, at=YESTERDAY)
    return world


def test_names_who_changed_the_permission_set_and_not_the_service_that_provisioned_it(
    with_permission_set,
):
    at_identity_center(with_permission_set, "ps-1")

    granted = provisioned(with_permission_set)

    assert "by role idp-admin (session anna) (PutInlinePolicyToPermissionSet, " in granted.summary
    assert granted.evidence["actor"].endswith(":role/idp-admin")


def test_names_nobody_where_several_permission_sets_were_changed(with_permission_set):
    at_identity_center(with_permission_set, "ps-1")
    at_identity_center(with_permission_set, "ps-2", "AttachManagedPolicyToPermissionSet")

    assert "Made by sso.amazonaws.com (PutRolePolicy" in provisioned(with_permission_set).summary


def test_a_permission_set_has_nothing_to_do_with_other_roles(world):
    at_identity_center(world, "ps-1")

    [finding] = world.look(ADMIN, ESCALATING)

    assert finding.summary.endswith(". No event was seen for it")
