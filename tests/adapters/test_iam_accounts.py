import json
from dataclasses import replace
from datetime import UTC, datetime

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from freezegun import freeze_time

from rolecall.adapters.iam_accounts import IAMAccounts
from rolecall.adapters.organizations_directory import DirectoryError
from rolecall.model.account import Gap
from rolecall.model.completeness import Part
from rolecall.model.organization import People, Person
from rolecall.model.principals import PolicyKind
from tests.adapters.iam_answers import (
    key_1,
    page,
    report_row,
    report_text,
    root_row,
    user_detail,
)
from tests.adapters.iam_stubs import StubbedSession, credential_report, details, own_account
from tests.adapters.moto_truth import correct_credential_report
from tests.builders import ACCOUNT, HUB, KEY_ID, NOW, ORGANIZATION, days_ago, document, trust_of
from tests.fakes import FakeClock


def accounts(session, **fields):
    given = {
        "organization": lambda: ORGANIZATION,
        "clock": FakeClock(NOW),
        "sleep": no_sleep,
        "wanted": frozenset({Part.ACCESS_KEY_IDS}),
    }
    return IAMAccounts(session, **{**given, **fields})


def no_sleep(seconds):
    raise AssertionError(f"nobody should have to wait {seconds} s")


@pytest.fixture
def session():
    """Return a session of the account itself, stubbed."""
    session = StubbedSession("sts", "iam")
    own_account(session)
    return session


def member(aws, account_id):
    """Return an IAM client inside another account of moto's."""
    role = f"arn:aws:iam::{account_id}:role/seed"
    assumed = aws.client("sts").assume_role(RoleArn=role, RoleSessionName="seed")["Credentials"]
    return boto3.client(
        "iam",
        aws_access_key_id=assumed["AccessKeyId"],
        aws_secret_access_key=assumed["SecretAccessKey"],
        aws_session_token=assumed["SessionToken"],
    )


def test_a_member_account_is_read_through_its_role(aws):
    iam = member(aws, ACCOUNT)
    with freeze_time("2026-01-01"):
        iam.create_user(UserName="alice")
        key = iam.create_access_key(UserName="alice")["AccessKey"]
        iam.create_group(GroupName="admins")
        iam.add_user_to_group(GroupName="admins", UserName="alice")
        policy = iam.create_policy(PolicyName="all", PolicyDocument=json.dumps(document()))
        arn = policy["Policy"]["Arn"]
        iam.attach_group_policy(GroupName="admins", PolicyArn=arn)
        trust = json.dumps(trust_of({"AWS": HUB}))
        iam.create_role(RoleName="deploy", AssumeRolePolicyDocument=trust)
    correct_credential_report(aws)
    live = accounts(aws, role_name="rolecall-reader", clock=lambda: datetime.now(UTC))

    account = live.snapshot(ACCOUNT)

    assert account.id == ACCOUNT
    assert account.organization == ORGANIZATION
    assert not account.gaps
    [(alice, credentials)] = account.credentials()
    [held] = alice.policies
    assert (held.name, held.kind, held.group) == ("all", PolicyKind.CUSTOMER_MANAGED, "admins")
    [found] = credentials.access_keys
    assert found.id == key["AccessKeyId"]
    assert found.created_at == datetime(2026, 1, 1, tzinfo=UTC)
    [role] = account.roles
    assert role.trust.statements[0].principals


def test_accounts_do_not_see_one_another(aws):
    member(aws, HUB).create_user(UserName="somebody-else")
    correct_credential_report(aws)
    live = accounts(aws, role_name="rolecall-reader", clock=lambda: datetime.now(UTC))

    assert live.snapshot(ACCOUNT).users == ()


def test_the_own_account_is_read_without_a_role(session):
    details(session, page(users=[user_detail()]))
    credential_report(session, report_text(root_row(), report_row()))

    account = accounts(session).snapshot(ACCOUNT)

    assert [user.name for user in account.users] == ["alice"]
    assert not account.gaps
    session.assert_all_asked()


def test_another_account_without_a_role_is_a_total_gap():
    session = StubbedSession("sts", "iam")
    own_account(session, HUB)

    account = accounts(session).snapshot(ACCOUNT)

    [gap] = account.gaps
    assert gap.is_total
    assert gap.error == f"there is no role to assume, and the credentials are of account {HUB}"


def test_a_region_that_does_not_exist_is_a_gap_like_any_other():
    session = StubbedSession("sts", "iam", region_name="moon-1")
    session.refuse("sts", "get_caller_identity", "InvalidClientTokenId")

    account = accounts(session).snapshot(ACCOUNT)

    [gap] = account.gaps
    assert (gap.call, gap.is_total) == ("sts:GetCallerIdentity", True)


def test_a_role_that_cannot_be_assumed_is_one_total_gap():
    session = StubbedSession("sts", "iam")
    caller = f"arn:aws:sts::{HUB}:assumed-role/rolecall-check-user-age/rolecall-check-user-age"
    role = f"arn:aws:iam::{ACCOUNT}:role/rolecall-reader"
    denied = f"User: {caller} is not authorized to perform: sts:AssumeRole on resource: {role}"
    session.refuse("sts", "assume_role", "AccessDenied", denied)

    account = accounts(session, role_name="rolecall-reader").snapshot(ACCOUNT)

    [gap] = account.gaps
    assert gap == Gap(
        "everything",
        "sts:AssumeRole",
        f"AccessDenied: not authorized to perform: sts:AssumeRole on resource: {role}",
        is_total=True,
    )
    assert account.organization == ORGANIZATION


@pytest.mark.parametrize(
    ("region", "partition"),
    [("eu-west-1", "aws"), ("cn-north-1", "aws-cn"), ("us-gov-west-1", "aws-us-gov")],
)
def test_the_role_is_assumed_in_any_partition_under_a_name_that_does_not_change(region, partition):
    session = StubbedSession("sts", "iam", region_name=region)
    assumed = {
        "AccessKeyId": KEY_ID,
        "SecretAccessKey": "secret",
        "SessionToken": "token",
        "Expiration": NOW,
    }
    expected = {
        "RoleArn": f"arn:{partition}:iam::{ACCOUNT}:role/rolecall-reader",
        "RoleSessionName": "rolecall",
    }
    session.answer("sts", "assume_role", {"Credentials": assumed}, expected)
    details(session)
    credential_report(session, report_text(root_row()))

    account = accounts(session, role_name="rolecall-reader").snapshot(ACCOUNT)

    assert account.partition == partition
    assert not account.gaps


def test_all_pages_are_read_by_their_markers(session):
    details(session, page(users=[user_detail()]), then="m1")
    details(session, page(), marker="m1", then="m2")
    details(session, page(users=[user_detail("bob")]), marker="m2")
    credential_report(session, report_text(root_row(), report_row(), report_row("bob")))

    account = accounts(session).snapshot(ACCOUNT)

    assert [user.name for user in account.users] == ["alice", "bob"]
    session.assert_all_asked()


def test_a_page_that_cannot_be_read_makes_no_list_of_the_others(session):
    details(session, page(users=[user_detail()]), then="m1")
    session.refuse("iam", "get_account_authorization_details", "Throttling", "Rate exceeded")
    credential_report(session, report_text(root_row()))

    account = accounts(session).snapshot(ACCOUNT)

    [gap] = account.gaps
    assert gap == Gap(
        Part.AUTHORIZATION_DETAILS,
        "iam:GetAccountAuthorizationDetails",
        "Throttling: Rate exceeded",
    )
    assert account.users == ()


def test_a_marker_that_comes_again_does_not_go_round_for_ever(session):
    details(session, page(users=[user_detail()]), then="m1")
    details(session, page(users=[user_detail("bob")]), marker="m1", then="m1")
    credential_report(session, report_text(root_row()))

    account = accounts(session).snapshot(ACCOUNT)

    assert account.lacks(Part.AUTHORIZATION_DETAILS)
    assert account.users == ()


def test_a_truncated_page_without_marker_is_not_the_last(session):
    response = {**page(users=[user_detail()]), "IsTruncated": True}
    session.answer("iam", "get_account_authorization_details", response)
    credential_report(session, report_text(root_row()))

    account = accounts(session).snapshot(ACCOUNT)

    [gap] = account.gaps
    assert "there is more" in gap.error
    assert account.users == ()


def test_an_account_that_denies_everything_was_not_read_at_all(session):
    for operation in ("get_account_authorization_details", "get_credential_report"):
        session.refuse(
            "iam", operation, "AccessDenied", "explicit deny in a service control policy"
        )

    account = accounts(session).snapshot(ACCOUNT)

    assert [gap.is_total for gap in account.gaps] == [True, True]


def test_a_denied_report_spares_what_does_not_need_it(session):
    details(session, page(users=[user_detail()]))
    session.refuse("iam", "get_credential_report", "AccessDenied")

    account = accounts(session).snapshot(ACCOUNT)

    [gap] = account.gaps
    assert gap == Gap(Part.CREDENTIAL_REPORT, "iam:GetCredentialReport", "AccessDenied: no")
    assert [user.credentials for user in account.users] == [None]


@pytest.mark.parametrize(
    "error",
    [
        ReadTimeoutError(endpoint_url="https://iam.amazonaws.com/"),
        ConnectTimeoutError(endpoint_url="https://iam.amazonaws.com/"),
    ],
)
def test_an_endpoint_that_does_not_answer_is_a_gap(session, error):
    def fail(**_):
        raise error

    credential_report(session, report_text(root_row()))
    events = session.client("iam").meta.events
    events.register_first("provide-client-params.iam.GetAccountAuthorizationDetails", fail)

    account = accounts(session).snapshot(ACCOUNT)

    [gap] = account.gaps
    assert gap.part == Part.AUTHORIZATION_DETAILS
    assert gap.error.startswith(f"{type(error).__name__}: ")


def test_only_users_with_active_keys_are_asked_for_them_page_by_page(session):
    rows = [report_row(**key_1(days_old=91)), report_row("bob", **key_1(active=False))]
    details(session, page(users=[user_detail(), user_detail("bob")]))
    credential_report(session, report_text(root_row(), *rows))
    first = {"AccessKeyMetadata": [], "IsTruncated": True, "Marker": "m1"}
    listed = {"UserName": "alice", "AccessKeyId": KEY_ID, "Status": "Active"}
    second = {
        "AccessKeyMetadata": [{**listed, "CreateDate": days_ago(91)}],
        "IsTruncated": False,
    }
    session.answer("iam", "list_access_keys", first, {"UserName": "alice"})
    session.answer("iam", "list_access_keys", second, {"UserName": "alice", "Marker": "m1"})

    account = accounts(session).snapshot(ACCOUNT)

    alice, bob = account.users
    assert [key.id for key in alice.credentials.access_keys] == [KEY_ID]
    assert [key.id for key in bob.credentials.access_keys] == [None]
    assert not account.gaps
    session.assert_all_asked()


def test_keys_that_cannot_be_listed_keep_their_numbers(session):
    details(session, page(users=[user_detail()]))
    credential_report(session, report_text(root_row(), report_row(**key_1())))
    session.refuse("iam", "list_access_keys", "AccessDenied")

    account = accounts(session).snapshot(ACCOUNT)

    [gap] = account.gaps
    assert gap == Gap(Part.ACCESS_KEY_IDS, "iam:ListAccessKeys", "AccessDenied: no")
    [(_, credentials)] = account.credentials()
    assert [(key.number, key.id) for key in credentials.access_keys] == [(1, None)]


def test_a_user_deleted_since_the_report_has_no_keys_and_is_no_gap(session):
    details(session, page(users=[user_detail()]))
    credential_report(session, report_text(root_row(), report_row(**key_1())))
    session.refuse("iam", "list_access_keys", "NoSuchEntity")

    account = accounts(session).snapshot(ACCOUNT)

    [(_, credentials)] = account.credentials()
    assert credentials.access_keys == ()
    assert not account.gaps


def test_an_organization_that_nobody_listed_yet_is_a_gap(session):
    details(session)
    credential_report(session, report_text(root_row()))

    account = accounts(session, organization=lambda: None).snapshot(ACCOUNT)

    assert account.lacks(Part.ORGANIZATION)
    assert account.organization is None


def test_an_organization_that_cannot_be_read_is_a_gap(session):
    def denied():
        raise DirectoryError("organizations:ListAccounts: AccessDeniedException: no")

    details(session)
    credential_report(session, report_text(root_row()))

    account = accounts(session, organization=denied).snapshot(ACCOUNT)

    [gap] = account.gaps
    assert gap.part == Part.ORGANIZATION
    assert gap.error == "organizations:ListAccounts: AccessDeniedException: no"


def test_a_list_of_people_counts_in_place_of_the_identity_store(session):
    listed = People((Person(user_name="alice"),), "people.csv")
    stored = replace(ORGANIZATION, people=People((Person(user_name="bob"),), "Identity Center"))
    details(session)
    credential_report(session, report_text(root_row()))

    account = accounts(session, organization=lambda: stored, people=listed).snapshot(ACCOUNT)

    assert account.people == listed
    assert account.organization.people == stored.people
    assert not account.lacks(Part.PEOPLE)


def test_throttled_calls_are_asked_again(aws):
    answers = []

    def throttle_once(request, **_):
        if answers:
            return None
        answers.append(request.url)
        body = b"<ErrorResponse><Error><Code>Throttling</Code></Error></ErrorResponse>"
        return AWSResponse(request.url, 400, {}, Raw(body))

    aws.events.register_first("before-send.iam.GetAccountAuthorizationDetails", throttle_once)
    correct_credential_report(aws)
    live = accounts(aws, role_name="rolecall-reader", clock=lambda: datetime.now(UTC))

    account = live.snapshot(ACCOUNT)

    assert len(answers) == 1
    assert not account.gaps


class Raw:
    """A response body as urllib3 gives it."""

    def __init__(self, content):
        self._content = content

    def stream(self, **_):
        yield self._content
