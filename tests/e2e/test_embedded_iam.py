"""IAM, CloudTrail and Organizations of the embedded AWS answer as AWS does."""

from datetime import UTC, datetime

import pytest
from botocore.exceptions import ClientError

from demo.embedded_aws import LastUse
from tests.e2e.principals import create_user


@pytest.fixture
def iam(aws):
    return aws.client("iam")


def test_a_call_is_recorded_as_cloudtrail_writes_it(aws, iam):
    alice = create_user(aws, "alice", {"Action": "iam:*", "Resource": "*"})("iam")
    iam.create_user(UserName="bob")

    key = alice.create_access_key(UserName="bob")["AccessKey"]

    record = aws.records()[-1]
    created = record["responseElements"]["accessKey"]
    assert record["eventVersion"] == "1.11"
    assert record["eventName"] == "CreateAccessKey"
    assert record["requestParameters"] == {"userName": "bob"}
    assert created.pop("createDate").endswith(("AM", "PM"))
    assert created == {"userName": "bob", "accessKeyId": key["AccessKeyId"], "status": "Active"}


def test_a_record_names_its_true_caller(aws, iam):
    carol = create_user(aws, "carol", {"Action": "iam:*", "Resource": "*"})("iam")

    carol.tag_user(UserName="carol", Tags=[{"Key": "team", "Value": "platform"}])

    [key] = iam.list_access_keys(UserName="carol")["AccessKeyMetadata"]
    account = aws.management_account
    assert aws.records()[-1]["userIdentity"] == {
        "type": "IAMUser",
        "principalId": iam.get_user(UserName="carol")["User"]["UserId"],
        "arn": f"arn:aws:iam::{account}:user/carol",
        "accountId": account,
        "accessKeyId": key["AccessKeyId"],
        "userName": "carol",
    }


def test_a_refused_call_is_recorded_with_its_error(aws, iam):
    iam.create_user(UserName="twin")

    with pytest.raises(iam.exceptions.EntityAlreadyExistsException):
        iam.create_user(UserName="twin")

    record = aws.records()[-1]
    assert record["errorCode"] == "EntityAlreadyExistsException"
    assert record["responseElements"] is None


def test_the_details_of_an_account_come_in_pages(iam):
    names = {f"page-{number}" for number in range(7)}
    for name in names:
        iam.create_user(UserName=name)

    pages = list(
        iam.get_paginator("get_account_authorization_details").paginate(
            PaginationConfig={"PageSize": 3}
        )
    )

    sizes = [
        sum(len(page[each]) for each in ("UserDetailList", "RoleDetailList", "Policies"))
        for page in pages
    ]
    users = {user["UserName"] for page in pages for user in page["UserDetailList"]}
    assert max(sizes) == 3
    assert names <= users


def test_the_details_tell_boundaries_and_the_policies_of_aws_in_use(iam):
    boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    iam.create_user(UserName="bounded", PermissionsBoundary=boundary)

    details = iam.get_account_authorization_details()

    [bounded] = [u for u in details["UserDetailList"] if u["UserName"] == "bounded"]
    [policy] = [p for p in details["Policies"] if p["Arn"] == boundary]
    assert bounded["PermissionsBoundary"]["PermissionsBoundaryArn"] == boundary
    assert policy["PermissionsBoundaryUsageCount"] == 1
    [version] = [v for v in policy["PolicyVersionList"] if v["IsDefaultVersion"]]
    assert "iam:Get*" in str(version["Document"])


def test_the_credential_report_tells_dates_of_the_past(aws, iam):
    with aws.clock(datetime(2024, 3, 1, 10, tzinfo=UTC)):
        iam.create_user(UserName="veteran")
        key = iam.create_access_key(UserName="veteran")["AccessKey"]["AccessKeyId"]
        iam.create_login_profile(UserName="veteran", Password="correct-Horse-7-battery")
    aws.last_used(
        aws.management_account, key, LastUse("key", datetime(2025, 2, 3, tzinfo=UTC), "ec2")
    )

    iam.generate_credential_report()

    lines = iam.get_credential_report()["Content"].decode().splitlines()
    [veteran] = [line.split(",") for line in lines if line.startswith("veteran,")]
    row = dict(zip(lines[0].split(","), veteran, strict=True))
    assert lines[1].startswith("<root_account>,")
    assert row["user_creation_time"] == "2024-03-01T10:00:00+00:00"
    assert row["password_last_used"] == "no_information"
    assert row["access_key_1_last_used_date"] == "2025-02-03T00:00:00+00:00"
    assert row["access_key_1_last_used_service"] == "ec2"


def test_only_a_delegated_administrator_lists_the_accounts(aws):
    organizations = aws.client("organizations")
    organizations.create_organization(FeatureSet="ALL")
    status = organizations.create_account(Email="hub@example.com", AccountName="hub")
    hub = status["CreateAccountStatus"]["AccountId"]
    member = aws.client("organizations", hub)

    with pytest.raises(ClientError, match="AccessDenied"):
        member.list_accounts()
    organizations.register_delegated_administrator(
        AccountId=hub, ServicePrincipal="member.org.stacksets.cloudformation.amazonaws.com"
    )

    assert {each["Id"] for each in member.list_accounts()["Accounts"]} == {
        aws.management_account,
        hub,
    }
