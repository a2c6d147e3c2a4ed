import json
from dataclasses import replace

import pytest

from rolecall.model.account import Gap
from rolecall.model.completeness import Part
from rolecall.model.credentials import NEVER_USED, UNKNOWN_USE, LastUse, Use
from rolecall.model.organization import People
from rolecall.model.principals import PolicyKind
from rolecall.services.assemble import assemble
from tests.adapters.iam_answers import (
    attached,
    boundary,
    encoded,
    group_detail,
    inline,
    key_1,
    page,
    policy_arn,
    policy_detail,
    raw,
    report,
    report_row,
    role_detail,
    user_detail,
)
from tests.builders import KEY_ID, NOW, days_ago, document, trust_of

BROKEN = json.dumps(document(effect="Perhaps"))
DENIED = Gap(Part.AUTHORIZATION_DETAILS, "iam:GetAccountAuthorizationDetails", "AccessDenied: no")
NO_REPORT = Gap(Part.CREDENTIAL_REPORT, "iam:GetCredentialReport", "AccessDenied: no")


def test_a_user_holds_inline_managed_and_inherited_policies():
    group = group_detail(
        GroupPolicyList=[inline("of-group")], AttachedManagedPolicies=attached("shared")
    )
    user = user_detail(
        UserPolicyList=[inline("own")],
        AttachedManagedPolicies=attached("AdministratorAccess", of_aws=True),
        GroupList=["admins"],
    )
    policies = [policy_detail("AdministratorAccess", of_aws=True), policy_detail("shared")]

    account = assemble(raw(page(users=[user], groups=[group], policies=policies)))

    [alice] = account.users
    assert [(held.name, held.kind, held.arn, held.group) for held in alice.policies] == [
        ("own", PolicyKind.INLINE, None, None),
        (
            "AdministratorAccess",
            PolicyKind.AWS_MANAGED,
            policy_arn("AdministratorAccess", of_aws=True),
            None,
        ),
        ("of-group", PolicyKind.INLINE, None, "admins"),
        ("shared", PolicyKind.CUSTOMER_MANAGED, policy_arn("shared"), "admins"),
    ]
    [admins] = account.groups
    assert admins.members == ("alice",)
    assert not alice.unread


def test_a_managed_policy_says_what_its_default_version_says():
    user = user_detail(AttachedManagedPolicies=attached("deployers"))

    account = assemble(raw(page(users=[user], policies=[policy_detail("deployers")])))

    [alice] = account.users
    [held] = alice.policies
    [statement] = held.policy.statements
    assert statement.actions == ("s3:getobject",)


@pytest.mark.parametrize(
    "text", [json.dumps(document("s3:Put*")), encoded(json.dumps(document("s3:Put*")))]
)
def test_documents_may_come_as_text_url_encoded_or_not(text):
    user = user_detail(UserPolicyList=[inline(text=text)])

    account = assemble(raw(page(users=[user])))

    [alice] = account.users
    [held] = alice.policies
    assert held.policy.statements[0].actions == ("s3:put*",)


def test_policies_of_one_text_keep_their_own_names():
    text = encoded(json.dumps(document("s3:Put*")))
    user = user_detail(UserPolicyList=[inline("first", text), inline("second", text)])

    account = assemble(raw(page(users=[user])))

    [alice] = account.users
    assert [held.policy.name for held in alice.policies] == ["first", "second"]


def test_an_attached_policy_whose_document_is_not_in_the_answer_is_a_gap_and_no_absence():
    users = [
        user_detail(name, AttachedManagedPolicies=attached("lost")) for name in ("bob", "alice")
    ]
    rows = [report_row("alice"), report_row("bob")]

    account = assemble(raw(page(users=users), report=report(*rows)))

    [gap] = account.gaps
    assert gap.part == f"managed policy {policy_arn('lost')}"
    assert gap.error == "it is not in the answer; held by user alice, user bob"
    assert [user.unread for user in account.users] == [("lost",), ("lost",)]
    assert not list(account.principals)


def test_a_managed_policy_without_its_default_version_is_a_gap():
    user = user_detail(AttachedManagedPolicies=attached("deployers"))
    policy = policy_detail("deployers", DefaultVersionId="v3")

    account = assemble(raw(page(users=[user], policies=[policy]), report=report(report_row())))

    [gap] = account.gaps
    assert gap.error == "its default version is not in the answer; held by user alice"


def test_many_holders_of_a_lost_policy_make_one_gap_of_readable_length():
    roles = [role_detail(f"r{n}", AttachedManagedPolicies=attached("lost")) for n in range(9)]

    account = assemble(raw(page(roles=roles)))

    [gap] = account.gaps
    assert gap.error.endswith("held by role r0, role r1, role r2, role r3, role r4 and 4 more")


def test_an_unreadable_inline_policy_names_principal_and_policy_and_spares_the_others():
    users = [user_detail(UserPolicyList=[inline("odd", BROKEN)]), user_detail("bob")]
    rows = [report_row("alice"), report_row("bob")]

    account = assemble(raw(page(users=users), report=report(*rows)))

    [gap] = account.gaps
    assert gap.part == "inline policy odd of user alice"
    assert "Effect" in gap.error
    assert "Perhaps" in gap.error
    assert not account.lacks(Part.AUTHORIZATION_DETAILS)
    assert [principal.name for principal in account.principals] == ["bob"]


def test_the_members_of_a_group_with_an_unreadable_policy_are_not_judged():
    group = group_detail(GroupPolicyList=[inline("odd", BROKEN)])
    user = user_detail(GroupList=["admins"])

    account = assemble(raw(page(users=[user], groups=[group]), report=report(report_row())))

    [gap] = account.gaps
    assert gap.part == "inline policy odd of group admins"
    assert not list(account.principals)


def test_a_group_that_is_not_in_the_answer_is_a_gap():
    account = assemble(
        raw(page(users=[user_detail(GroupList=["ghosts"])]), report=report(report_row()))
    )

    [gap] = account.gaps
    assert gap.part == "group ghosts"
    assert account.users[0].unread == ("group ghosts",)


@pytest.mark.parametrize("text", [BROKEN, "no JSON", '{"Version": "2012-10-17"', None])
def test_a_role_with_an_unreadable_trust_policy_trusts_nobody_and_is_marked(text):
    account = assemble(raw(page(roles=[role_detail(AssumeRolePolicyDocument=text)])))

    [role] = account.roles
    assert role.trust.statements == ()
    assert role.unread == ("trust policy of role deploy",)
    [gap] = account.gaps
    assert gap.part == "trust policy of role deploy"


def test_a_boundary_limits_its_user():
    user = user_detail(PermissionsBoundary=boundary("limit"))

    account = assemble(raw(page(users=[user], policies=[policy_detail("limit")])))

    [alice] = account.users
    assert alice.boundary is not None
    assert alice.boundary.statements[0].actions == ("s3:getobject",)


def test_a_boundary_that_is_not_in_the_answer_is_not_no_boundary():
    role = role_detail(PermissionsBoundary=boundary("limit", of_aws=True))

    account = assemble(raw(page(roles=[role])))

    assert not list(account.principals)
    [gap] = account.gaps
    assert gap.error == "it is not in the answer; held by role deploy as its boundary"


def test_roles_know_trust_tags_and_whether_they_belong_to_a_service():
    role = role_detail(
        Arn="arn:aws:iam::111122223333:role/aws-service-role/x.amazonaws.com/deploy",
        AssumeRolePolicyDocument=trust_of({"Service": "x.amazonaws.com"}),
        Tags=[{"Key": "owner", "Value": "platform"}],
    )

    account = assemble(raw(page(roles=[role])))

    [deploy] = account.roles
    assert deploy.is_service_linked
    assert deploy.tags == {"owner": "platform"}
    assert deploy.trust.statements[0].principals


@pytest.mark.parametrize(
    ("last_used", "days_old", "expected"),
    [
        (
            {"LastUsedDate": days_ago(3), "Region": "eu-west-1"},
            500,
            LastUse(Use.USED, days_ago(3), region="eu-west-1"),
        ),
        ({}, 399, NEVER_USED),
        ({}, 401, LastUse(Use.NOT_ON_RECORD, on_record_since=days_ago(400))),
        (None, 10, UNKNOWN_USE),
    ],
    ids=["used", "never", "not within IAM's memory", "not said"],
)
def test_a_role_is_never_used_only_where_iam_would_remember(last_used, days_old, expected):
    detail = role_detail(CreateDate=days_ago(days_old), RoleLastUsed=last_used)

    account = assemble(raw(page(roles=[detail])))

    assert account.roles[0].last_use == expected


def test_pages_are_read_as_one_answer():
    pages = [
        page(users=[user_detail(AttachedManagedPolicies=attached("deployers"))]),
        page(users=[user_detail("bob")]),
        page(policies=[policy_detail("deployers")]),
    ]

    account = assemble(raw(*pages))

    assert [user.name for user in account.users] == ["alice", "bob"]
    assert len(account.users[0].policies) == 1


def test_a_user_that_comes_on_two_pages_counts_once():
    account = assemble(raw(page(users=[user_detail()]), page(users=[user_detail()])))

    assert [user.name for user in account.users] == ["alice"]


def test_times_may_be_text_as_the_command_line_prints_them():
    user = user_detail(CreateDate="2026-08-15T12:00:00+00:00")

    account = assemble(raw(page(users=[user])))

    assert account.users[0].created_at == days_ago(100)


def test_an_answer_that_makes_no_sense_is_a_gap():
    account = assemble(raw({"UserDetailList": [{"UserName": "alice"}]}))

    assert account.lacks(Part.AUTHORIZATION_DETAILS)
    assert not account.lacks(Part.CREDENTIAL_REPORT)


def test_users_come_with_their_credentials():
    row = report_row(mfa_active="true", **key_1(days_old=91))

    account = assemble(raw(page(users=[user_detail()]), report=report(row)))

    [(alice, credentials)] = account.credentials()
    assert alice.name == "alice"
    assert credentials.has_mfa
    assert credentials.access_keys[0].created_at == days_ago(91)
    assert account.root is not None
    assert not account.gaps


def test_without_authorization_details_users_come_from_the_credential_report():
    account = assemble(raw(details=DENIED, report=report(report_row(**key_1()))))

    assert account.gaps == (DENIED,)
    [(alice, credentials)] = account.credentials()
    assert alice.arn == "arn:aws:iam::111122223333:user/alice"
    assert len(credentials.access_keys) == 1


def test_without_credential_report_users_have_no_credentials():
    account = assemble(raw(page(users=[user_detail()]), report=NO_REPORT))

    assert account.gaps == (NO_REPORT,)
    assert account.users[0].credentials is None
    assert account.root is None


def test_an_account_that_gives_neither_was_not_read_at_all():
    account = assemble(raw(details=DENIED, report=NO_REPORT))

    assert [gap.is_total for gap in account.gaps] == [True, True]


def test_a_report_older_than_a_day_is_a_gap():
    old = report(report_row(), generated_at=days_ago(1, seconds=1))

    account = assemble(raw(page(users=[user_detail()]), report=old))

    [gap] = account.gaps
    assert account.lacks(Part.CREDENTIAL_REPORT)
    assert "older than a day" in gap.error
    assert account.users[0].credentials is None


def test_a_report_of_a_day_is_used():
    account = assemble(
        raw(page(users=[user_detail()]), report=report(report_row(), generated_at=days_ago(1)))
    )

    assert not account.gaps


def test_a_user_newer_than_the_credential_report_is_a_gap_that_passes():
    new = user_detail("newcomer", CreateDate=NOW)

    account = assemble(raw(page(users=[new]), report=report(generated_at=days_ago(0, hours=3))))

    [gap] = account.gaps
    assert gap.is_passing
    assert gap.error == "newcomer: newer than the credential report"
    assert account.users[0].credentials is None
    assert not account.lacks(Part.CREDENTIAL_REPORT)


def test_a_deleted_and_recreated_user_does_not_get_the_credentials_of_its_namesake():
    recreated = user_detail(CreateDate=NOW)
    old = report_row(**key_1(days_old=400))

    account = assemble(
        raw(page(users=[recreated]), report=report(old, generated_at=days_ago(0, hours=3)))
    )

    assert account.users[0].credentials is None


def test_a_user_that_the_report_should_know_and_does_not_is_a_gap():
    account = assemble(raw(page(users=[user_detail()]), report=report()))

    [gap] = account.gaps
    assert not gap.is_passing
    assert gap.error == "alice: not in the report"


def test_a_row_that_makes_no_sense_is_a_gap_of_its_user_alone():
    rows = [report_row(mfa_active="perhaps"), report_row("bob")]
    users = [user_detail(), user_detail("bob")]

    account = assemble(raw(page(users=users), report=report(*rows)))

    [gap] = account.gaps
    assert gap.part == "credentials of user alice"
    assert [user.name for user, _ in account.credentials()] == ["bob"]
    assert account.unread_holders(Part.CREDENTIAL_REPORT) == {account.users[0].arn}


def test_users_deleted_since_the_report_are_not_there():
    account = assemble(raw(page(), report=report(report_row("gone"))))

    assert account.users == ()
    assert account.gaps == ()


def test_keys_get_their_ids_from_the_list_of_access_keys():
    listed = {"AccessKeyId": KEY_ID, "Status": "Inactive", "CreateDate": days_ago(91)}

    account = assemble(
        raw(
            page(users=[user_detail()]),
            report=report(report_row(**key_1(days_old=91))),
            access_keys={"alice": [listed]},
        )
    )

    [(_, credentials)] = account.credentials()
    [key] = credentials.access_keys
    assert key.id == KEY_ID
    assert not key.is_active


def test_a_list_that_names_nobody_does_not_tell_who_left():
    account = assemble(replace(raw(page()), people=People((), source="people.csv")))

    assert account.misses(Part.PEOPLE)
    assert "the list of people names nobody" in {gap.error for gap in account.gaps}


@pytest.mark.parametrize(
    ("summary", "has_password"),
    [({}, True), ({"AccountPasswordPresent": 1}, True), ({"AccountPasswordPresent": 0}, False)],
)
def test_the_summary_knows_of_roots_password_what_the_report_does_not_say(summary, has_password):
    account = assemble(raw(page(), answers={Part.ACCOUNT_SUMMARY: summary}))

    assert bool(account.root.credentials.password) is has_password
