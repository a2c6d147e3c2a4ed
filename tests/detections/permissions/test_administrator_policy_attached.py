import json

import pytest

from rolecall.detections.permissions.administrator_policy_attached import (
    administrator_policy_attached,
)
from rolecall.model.severity import Severity
from tests.builders import ACCOUNT, document, event, role_identity

ADMINISTRATOR_ACCESS = "arn:aws:iam::aws:policy/AdministratorAccess"


def evidence_for(name, **fields):
    return administrator_policy_attached.judge(event(name, **fields), {})


def attached(arn=ADMINISTRATOR_ACCESS, **fields):
    request = {"userName": "bob", "policyArn": arn}
    return evidence_for("AttachUserPolicy", **{"request": request, **fields})


def put(text):
    request = {"roleName": "deploy", "policyName": "all", "policyDocument": text}
    return evidence_for("PutRolePolicy", request=request)


def test_flags_the_aws_managed_administrator_policy():
    [evidence] = attached()

    assert evidence.summary == (
        "user mallory gave user bob administrator rights with policy AdministratorAccess"
    )
    assert evidence.commands == (
        f"aws iam detach-user-policy --user-name bob --policy-arn {ADMINISTRATOR_ACCESS}",
    )


@pytest.mark.parametrize(("kind", "type_"), [("Role", "AwsIamRole"), ("Group", "AwsIamGroup")])
def test_flags_it_on_roles_and_groups(kind, type_):
    request = {f"{kind.lower()}Name": "ops", "policyArn": ADMINISTRATOR_ACCESS}

    [evidence] = evidence_for(f"Attach{kind}Policy", request=request)

    assert evidence.resource.type == type_
    assert evidence.resource.arn == f"arn:aws:iam::{ACCOUNT}:{kind.lower()}/ops"


def test_accepts_a_harmless_managed_policy():
    assert not attached("arn:aws:iam::aws:policy/ReadOnlyAccess")


def test_is_not_fooled_by_a_customer_policy_of_the_same_name():
    assert not attached(f"arn:aws:iam::{ACCOUNT}:policy/AdministratorAccess")


@pytest.mark.parametrize("partition", ["aws-cn", "aws-us-gov"])
def test_knows_the_managed_policies_of_other_partitions(partition):
    assert attached(f"arn:{partition}:iam::aws:policy/AdministratorAccess")


def test_flags_an_inline_policy_that_makes_an_administrator():
    [evidence] = put(json.dumps(document("*")))

    assert evidence.commands == ("aws iam delete-role-policy --role-name deploy --policy-name all",)


def test_flags_an_inline_policy_that_lets_its_holder_change_what_anybody_may_do():
    assert put(json.dumps(document("iam:*")))


def test_finds_a_user_graver_than_a_role():
    [user], [role] = attached(), put(json.dumps(document("*")))

    assert user.severity is Severity.CRITICAL
    assert role.severity is Severity.HIGH


def test_finds_an_administrator_under_conditions_milder():
    with_mfa = {"Bool": {"aws:MultiFactorAuthPresent": "true"}}

    [evidence] = put(json.dumps(document("*", Condition=with_mfa)))

    assert evidence.severity is Severity.MEDIUM


def test_accepts_an_inline_policy_that_is_less():
    assert not put(json.dumps(document("s3:*")))
    assert not put(json.dumps(document("*", "arn:aws:s3:::reports/*")))


def test_leaves_a_document_that_the_event_does_not_show_to_the_audit():
    assert not put("")
    assert not put("{")


def test_ignores_a_denied_attempt():
    assert not attached(error="AccessDenied")


def test_ignores_a_request_without_a_name():
    assert not attached(request={"policyArn": ADMINISTRATOR_ACCESS})


def test_finds_a_deployments_work_no_better():
    [evidence] = attached(actor=role_identity(invokedBy="cloudformation.amazonaws.com"))

    assert evidence.severity is Severity.CRITICAL


def test_is_quiet_about_what_identity_center_provisions():
    actor = role_identity("AWSServiceRoleForSSO", path="/aws-service-role/sso.amazonaws.com/")

    assert not attached(actor=actor)
