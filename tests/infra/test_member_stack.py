import json

import pytest

from rolecall.model.reader_actions import ORGANIZATION_READER_ACTIONS, READER_ACTIONS
from tests.infra.policies import listed


@pytest.fixture(scope="module")
def reader(organization):
    [role] = [
        resource
        for resource in organization.member_template["Resources"].values()
        if resource["Properties"].get("RoleName") == "rolecall-reader"
    ]
    return role


def test_lets_the_reader_read_exactly_what_a_snapshot_needs(reader):
    [policy] = reader["Properties"]["Policies"]
    actions = actions_of(policy)

    assert sorted(actions) == sorted(READER_ACTIONS)


def test_names_the_users_and_the_account_where_iam_lets_us(reader):
    [policy] = reader["Properties"]["Policies"]

    resources = {
        action: each["Resource"]
        for each in policy["PolicyDocument"]["Statement"]
        for action in listed(each["Action"])
        if each["Resource"] != "*"
    }
    assert {action: arn["Fn::Join"][1][2:] for action, arn in resources.items()} == {
        "account:GetAlternateContact": [
            ":account::",
            {"Ref": "AWS::AccountId"},
            ":account",
        ],
        **{
            action: [":iam::", {"Ref": "AWS::AccountId"}, ":user/*"]
            for action in (
                "iam:GetLoginProfile",
                "iam:ListAccessKeys",
                "iam:ListMFADevices",
                "iam:ListSSHPublicKeys",
            )
        },
    }


def test_trusts_the_functions_that_read_accounts_of_the_hub_within_the_organization(reader):
    [statement] = reader["Properties"]["AssumeRolePolicyDocument"]["Statement"]

    assert statement["Action"] == "sts:AssumeRole"
    assert account_arns(statement["Principal"]["AWS"]) == [":iam::111122223333:root"]
    assert statement["Condition"]["StringEquals"] == {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}
    assert account_arns(*statement["Condition"]["ArnEquals"]["aws:PrincipalArn"]) == [
        ":iam::111122223333:role/rolecall-check-key-rotation",
        ":iam::111122223333:role/rolecall-check-user-age",
        ":iam::111122223333:role/rolecall-check-over-privilege",
        ":iam::111122223333:role/rolecall-weigh-changes",
    ]


def test_creates_the_reader_in_one_region_only(organization, reader):
    assert reader["Condition"] == "IsIdentityRegion"
    assert organization.member_template["Conditions"] == {
        "IsIdentityRegion": {"Fn::Equals": [{"Ref": "AWS::Region"}, "us-east-1"]}
    }


def test_forwards_with_a_role_that_can_do_nothing_else(organization):
    resources = organization.member_template["Resources"]
    [(id_, role)] = [
        (id_, each["Properties"])
        for id_, each in resources.items()
        if each["Type"] == "AWS::IAM::Role" and "rolecall-forward-" in json.dumps(each)
    ]
    rules = [each["Properties"] for each in resources.values() if each["Type"].endswith("::Rule")]

    [policy] = role["Policies"]
    [statement] = policy["PolicyDocument"]["Statement"]
    assert statement["Action"] == "events:PutEvents"
    [bus] = account_arns(statement["Resource"])
    assert bus == ":events:us-east-1:111122223333:event-bus/rolecall"
    for rule in rules:
        [target] = rule["Targets"]
        assert target["RoleArn"] == {"Fn::GetAtt": [id_, "Arn"]}
        assert account_arns(target["Arn"]) == [bus]


def test_is_a_plain_template_that_any_account_can_take(organization):
    template = organization.member_template

    assert set(template) == {"Conditions", "Description", "Resources"}
    assert len(json.dumps(template)) < 51_200


def test_differs_in_the_management_account_by_what_reads_the_organization(organization):
    management, member = (
        dict(template["Resources"])
        for template in (organization.templates["RolecallManagement"], organization.member_template)
    )
    [reader] = [name for name, each in management.items() if each != member[name]]

    role = management[reader]["Properties"]
    _, read = role["Policies"]
    assert sorted(actions_of(read)) == sorted(ORGANIZATION_READER_ACTIONS)
    [trust] = role["AssumeRolePolicyDocument"]["Statement"]
    assert account_arns(*trust["Condition"]["ArnEquals"]["aws:PrincipalArn"])[-1] == (
        ":iam::111122223333:role/rolecall-list-accounts"
    )


def actions_of(policy):
    return [
        action
        for statement in policy["PolicyDocument"]["Statement"]
        for action in listed(statement["Action"])
    ]


def account_arns(*joins):
    """Return the ARNs without `arn:<partition>`."""
    return [join["Fn::Join"][1][-1] for join in joins]
