from dataclasses import replace

import pytest

from rolecall.model.kept_change import parse_change
from rolecall.model.permission_changes import PERMISSION_SETS, TOUCHING, may_change_permissions
from tests.builders import ACCOUNT, event, group, held, role, role_identity, user
from tests.rights import DEPLOY, a_call, recorded
from tests.sdk_names import operation

POLICY = f"arn:aws:iam::{ACCOUNT}:policy/shared"
SSO_ROLE = "AWSReservedSSO_Admin_0123456789abcdef"
SSO_PATH = "/aws-reserved/sso.amazonaws.com/"
ROLE_POLICY = {"roleName": "ci-deploy", "policyName": "p"}


@pytest.mark.parametrize("name", TOUCHING)
def test_every_call_exists_and_takes_the_parameter_that_is_read(name):
    _, parameter = TOUCHING[name]

    members = operation("iam.amazonaws.com", name).input_shape.members
    assert parameter.lower() in {each.lower() for each in members}


@pytest.mark.parametrize("name", PERMISSION_SETS)
def test_every_call_of_identity_center_exists_and_takes_the_parameter_that_is_read(name):
    members = operation("sso.amazonaws.com", name).input_shape.members

    assert "PermissionSetArn" in members


@pytest.mark.parametrize(
    ("name", "request_", "touched"),
    [
        ("PutRolePolicy", ROLE_POLICY, ("role/ci-deploy",)),
        ("AttachUserPolicy", {"userName": "bob", "policyArn": POLICY}, ("user/bob",)),
        ("AddUserToGroup", {"userName": "bob", "groupName": "staff"}, ("user/bob",)),
        ("PutGroupPolicy", {"groupName": "staff", "policyName": "p"}, ("group/staff",)),
        ("CreatePolicyVersion", {"policyArn": POLICY}, (f"policy/{POLICY}",)),
        ("UpdateUser", {"userName": "bob", "newUserName": "rob"}, ("user/bob", "user/rob")),
        ("PutRolePolicy", None, ()),
    ],
    ids=["role", "attached", "membership", "group", "policy", "renamed", "omitted"],
)
def test_tells_what_a_call_touched(name, request_, touched):
    assert a_call(name, request=request_).touched == touched


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "PutRolePolicy", "error": "AccessDenied"},
        {"name": "CreateAccessKey"},
        {"name": "CreatePolicy"},
        {"name": "PutRolePolicy", "source": "example.amazonaws.com"},
    ],
    ids=["refused", "key", "unattached", "elsewhere"],
)
def test_other_calls_change_no_permissions(fields):
    assert not may_change_permissions(event(**fields))


def test_a_change_that_aws_made_for_somebody_counts():
    actor = {"type": "AWSService", "invokedBy": "sso.amazonaws.com"}

    assert may_change_permissions(event("AttachRolePolicy", actor=actor))


def test_comes_back_as_it_was_written():
    call = a_call()

    assert parse_change(ACCOUNT, call.document()) == call


@pytest.mark.parametrize(
    ("principal", "call"),
    [
        (DEPLOY, a_call()),
        (user(groups=("staff",)), a_call("PutGroupPolicy", request={"groupName": "staff"})),
        (
            user(policies=(held("s3:*", arn=POLICY),)),
            a_call("CreatePolicyVersion", request={"policyArn": POLICY}),
        ),
        (
            role(boundary=held("s3:*", name="shared").policy),
            a_call("CreatePolicyVersion", request={"policyArn": POLICY}),
        ),
    ],
    ids=["itself", "group", "policy", "boundary"],
)
def test_touches_who_is_named_and_who_holds_what_is_named(principal, call):
    assert call.touches(recorded(principal))


@pytest.mark.parametrize(
    ("principal", "call"),
    [
        (role("other"), a_call()),
        (user("ci-deploy"), a_call()),
        (user(groups=("others",)), a_call("PutGroupPolicy", request={"groupName": "staff"})),
        (
            role(boundary=held("s3:*", name="red").policy),
            a_call("CreatePolicyVersion", request={"policyArn": POLICY}),
        ),
        (role(), a_call("CreatePolicyVersion", request=None)),
    ],
    ids=["other", "user-of-that-name", "other-group", "other-boundary", "omitted"],
)
def test_touches_nobody_else(principal, call):
    assert not call.touches(recorded(principal))


def test_touches_who_left_the_group():
    before = recorded(user(groups=(group().name,)))

    assert a_call("PutGroupPolicy", request={"groupName": "admins"}).touches(None, before)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"sessionCredentialFromConsole": "true"}, "Made by hand in the console by user mallory"),
        ({"userAgent": "aws-cli/2.31.0 md/x"}, "Made with aws-cli/2.31.0 by user mallory"),
        ({"userAgent": ""}, "Made with an unnamed client by user mallory"),
        (
            {"userAgent": "APN/1.0 HashiCorp/1.0 Terraform/1.9.0 aws-sdk-go-v2"},
            "Made with Terraform by user mallory",
        ),
        (
            {"actor": role_identity(invokedBy="cloudformation.amazonaws.com")},
            "Made with CloudFormation by role ci-deploy (session build-42)",
        ),
        (
            {"actor": role_identity(SSO_ROLE, "anna@example.com", SSO_PATH)},
            "Made with aws-cli/2.31.0 by anna@example.com (permission set Admin)",
        ),
        (
            {"actor": {"type": "AWSService", "invokedBy": "sso.amazonaws.com"}},
            "Made by sso.amazonaws.com",
        ),
    ],
    ids=["console", "cli", "unnamed", "terraform", "cloudformation", "identity-center", "service"],
)
def test_says_who_made_it_and_how(fields, said):
    assert str(a_call(**fields)) == f"{said} (PutRolePolicy, 2026-11-23 12:00 UTC)"


def test_a_source_identity_tells_the_person_behind_a_role():
    actor = role_identity("admin")
    actor["sessionContext"]["sourceIdentity"] = "anna"

    assert a_call(actor=actor).who == "anna, as role admin (session build-42)"


@pytest.mark.parametrize(
    ("issuer", "who"),
    [
        ("token.actions.githubusercontent.com", "a GitHub workflow"),
        ("login.example.com", "somebody from login.example.com"),
    ],
)
def test_an_identity_provider_tells_the_pipeline_behind_a_role(issuer, who):
    actor = role_identity("deployer")
    provider = f"arn:aws:iam::{ACCOUNT}:oidc-provider/{issuer}"
    actor["sessionContext"]["webIdFederationData"] = {"federatedProvider": provider}

    assert a_call(actor=actor).who == f"{who}, as role deployer (session build-42)"


def test_keeps_no_more_than_it_needs_of_what_an_intruder_may_choose():
    call = a_call(userAgent="x" * 10_000)

    assert len(call.user_agent) == 500
    assert replace(call, user_agent="").who == "user mallory"
