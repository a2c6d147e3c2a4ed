import pytest


@pytest.fixture(scope="module")
def stack_set(organization):
    [properties] = organization.resources("RolecallHub", "AWS::CloudFormation::StackSet").values()
    return properties


def test_gives_the_management_account_its_part_in_every_region(organization):
    assert set(organization.templates) == {
        "RolecallHub",
        "RolecallManagement",
        "RolecallManagement-eu-central-1",
        "RolecallManagement-us-west-2",
    }


def test_gives_a_single_account_its_part_in_every_region(single_account):
    assert set(single_account.templates) == {
        "RolecallHub",
        "RolecallMember",
        "RolecallMember-eu-central-1",
        "RolecallMember-us-west-2",
    }
    single_account["RolecallHub"].resource_count_is("AWS::CloudFormation::StackSet", 0)


def test_reaches_every_account_below_the_targets_today_and_tomorrow(stack_set):
    [group] = stack_set["StackInstancesGroup"]

    assert stack_set["PermissionModel"] == "SERVICE_MANAGED"
    assert stack_set["AutoDeployment"] == {"Enabled": True, "RetainStacksOnAccountRemoval": False}
    assert group["DeploymentTargets"] == {"OrganizationalUnitIds": ["r-ab12"]}
    assert group["Regions"] == ["us-east-1", "eu-central-1", "us-west-2"]


def test_acts_as_delegated_administrator(stack_set):
    assert stack_set["CallAs"] == "DELEGATED_ADMIN"


def test_reads_the_own_account_only_where_there_is_no_organization(single_account):
    roles = single_account.resources("RolecallHub", "AWS::IAM::Role")

    [document] = [each["PolicyDocument"] for each in roles["rolecall-check-user-age"]["Policies"]]
    [assume] = [each for each in document["Statement"] if each["Action"] == "sts:AssumeRole"]
    assert {"Ref": "AWS::AccountId"} in assume["Resource"]["Fn::Join"][1]
    assert "organizations:ListAccounts" not in str(roles["rolecall-list-accounts"])


def test_calls_everything_rolecall(organization):
    names = ("FunctionName", "RoleName", "QueueName", "TopicName", "TableName", "AlarmName", "Name")

    for template in organization.templates.values():
        for resource in template["Resources"].values():
            for name in names:
                value = resource["Properties"].get(name, "rolecall")
                assert "rolecall" in str(value) or isinstance(value, dict), value
