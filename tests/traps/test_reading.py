"""Traps of reading an account: what other monitors overlook, misread or take for evidence.

The traps are numbered; those of judging and of running have files of their own. Four have no test
yet, for what would fall into them does not exist:

- 15, answers of more than 100, 200 or 1,000 services: last-accessed services are read from files
  and not asked for, so that there are no pages.
- 27, rolling back a policy while another of the same name exists: nothing is changed or rolled
  back.
- 32, a policy beyond the size limit after it was rewritten: no policies are written.
- 21 and 22 in part: that roles for SAML and OIDC are seen is tested; what their conditions should
  be is judged by no rule.
"""

import json

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from rolecall.adapters.iam_accounts import IAMAccounts
from rolecall.adapters.iam_pages import IncompleteAnswerError
from rolecall.adapters.iam_parts import IAMParts
from rolecall.adapters.iam_reader import IAMReader
from rolecall.adapters.organizations_directory import OrganizationsDirectory
from rolecall.catalog import CHECKS
from rolecall.model.account_settings import PasswordPolicy
from rolecall.model.completeness import Part, State
from rolecall.services.assemble import assemble
from tests.adapters.iam_answers import (
    key_1,
    page,
    raw,
    report,
    report_row,
    report_text,
    role_detail,
    root_row,
    user_detail,
)
from tests.adapters.iam_stubs import StubbedSession, credential_report, details, own_account
from tests.adapters.moto_truth import answer_what_moto_lacks
from tests.builders import ACCOUNT, KEY_ID, NOW, ORGANIZATION, days_ago, trust_of
from tests.fakes import FakeClock
from tests.traps.judging import found, judged

ANYBODY = {"AWS": "*"}
SECOND_KEY_ID = "AKIAI44QH8DHBEXAMPLE"


@pytest.fixture
def session():
    return StubbedSession("sts", "iam")


def reader(session, slept=None):
    sleep = [] if slept is None else slept
    return IAMReader(session.client("iam"), FakeClock(NOW), sleep.append)


def live(session):
    wanted = frozenset[Part]()
    return IAMAccounts(session, lambda: ORGANIZATION, FakeClock(NOW), wanted=wanted)


def test_trap_01_users_and_roles_of_every_page_are_read(session):
    details(session, page(users=[user_detail("alice")]), then="2")
    deploy = role_detail("deploy", AssumeRolePolicyDocument=json.dumps(trust_of(ANYBODY)))
    details(session, page(roles=[deploy]), marker="2", then="3")
    details(session, page(users=[user_detail("zoe")]), marker="3")

    account = assemble(raw(*reader(session).authorization_details()))

    assert [user.name for user in account.users] == ["alice", "zoe"]
    assert [role.name for role in account.roles] == ["deploy"]


def test_trap_01_access_keys_of_every_page_are_read(session):
    key = {"UserName": "alice", "Status": "Active", "CreateDate": NOW}
    for asked, answered in (
        ({}, {"AccessKeyMetadata": [key | {"AccessKeyId": KEY_ID}], "Marker": "2"}),
        ({"Marker": "2"}, {"AccessKeyMetadata": [key | {"AccessKeyId": SECOND_KEY_ID}]}),
    ):
        answer = answered | {"IsTruncated": "Marker" in answered}
        session.answer("iam", "list_access_keys", answer, {"UserName": "alice"} | asked)

    keys = IAMParts(session.client("iam"), None).access_keys_of("alice")

    assert [each["AccessKeyId"] for each in keys] == [KEY_ID, SECOND_KEY_ID]


@mock_aws
def test_trap_01_accounts_of_every_page_are_read():
    aws = boto3.Session(region_name="us-east-1")
    client = aws.client("organizations")
    client.create_organization(FeatureSet="ALL")
    for number in range(101):
        client.create_account(AccountName=f"member {number}", Email=f"aws{number}@example.com")
    answer_what_moto_lacks(aws)

    organization = OrganizationsDirectory(aws).organization()

    assert len(organization.account_ids) == 102


def test_trap_02_an_error_is_no_evidence(session):
    own_account(session)
    details(session, page(users=[user_detail()]))
    session.refuse("iam", "get_credential_report", "AccessDenied")

    judgement = judged(live(session).snapshot(ACCOUNT))

    needing = {check.id for check in CHECKS if Part.CREDENTIAL_REPORT in check.needs}
    assert "unused-credentials" in needing
    assert needing <= {*judgement.not_judged}
    assert not needing & {each.rule for each in judgement.findings}


def test_trap_02_a_last_use_that_could_not_be_read_is_not_never():
    columns = key_1(days_old=400, used="not_supported")

    account = assemble(raw(page(users=[user_detail()]), report=report(report_row(**columns))))

    assert not found("unused-credentials", account)


def test_trap_09_a_report_of_less_than_four_hours_is_used_again(session):
    credential_report(session, report_text(), days_ago(0, hours=3, minutes=59))

    reader(session).credential_report()

    session.assert_all_asked()  # and nothing else: a stub refuses what it was not told of


def test_trap_09_a_report_in_progress_is_waited_for(session):
    slept = []
    session.refuse("iam", "get_credential_report", "ReportExpired")
    session.answer("iam", "generate_credential_report", {"State": "STARTED"})
    session.refuse("iam", "get_credential_report", "ReportInProgress")
    credential_report(session, report_text())

    assert reader(session, slept).credential_report().generated_at == NOW
    assert slept


def test_trap_09_throttling_is_no_missing_report(session):
    session.refuse("iam", "get_credential_report", "Throttling")

    with pytest.raises(ClientError, match="Throttling"):
        reader(session).credential_report()


def test_trap_16_a_report_slower_than_the_wait_is_a_failure_and_not_an_empty_report(session):
    slept = []
    session.refuse("iam", "get_credential_report", "ReportNotPresent")
    session.answer("iam", "generate_credential_report", {"State": "STARTED"})
    for _ in range(10):
        session.refuse("iam", "get_credential_report", "ReportInProgress")

    with pytest.raises(IncompleteAnswerError, match="was not ready after"):
        reader(session, slept).credential_report()


def test_trap_30_a_user_newer_than_the_report_has_not_the_credentials_of_a_namesake():
    namesake = report_row(**key_1(days_old=400))
    newer = user_detail(CreateDate=days_ago(0, hours=1))

    account = assemble(
        raw(page(users=[newer]), report=report(namesake, generated_at=days_ago(0, hours=2)))
    )

    [alice] = account.users
    assert alice.credentials is None
    assert not found("access-key-rotation", account)
    assert "newer than the credential report" in " ".join(gap.error for gap in account.gaps)


def test_trap_31_an_account_that_an_scp_keeps_us_out_of_is_denied_and_not_empty(session):
    own_account(session)
    denied = "User is not authorized with an explicit deny in a service control policy"
    session.refuse("iam", "get_account_authorization_details", "AccessDenied", denied)
    session.refuse("iam", "get_credential_report", "AccessDenied", denied)

    account = live(session).snapshot(ACCOUNT)

    assert account.completeness(Part.AUTHORIZATION_DETAILS).state is State.DENIED
    assert account.completeness(Part.CREDENTIAL_REPORT).state is State.DENIED
    assert {each.rule for each in judged(account).findings} == {"coverage-gap"}


def test_trap_33_a_password_age_of_zero_means_that_passwords_never_expire():
    policy = {"MinimumPasswordLength": 14, "MaxPasswordAge": 0, "PasswordReusePrevention": 24}
    row = report_row(password_enabled="true", password_last_changed="N/A", mfa_active="true")
    answers = {Part.PASSWORD_POLICY: policy}

    account = assemble(raw(page(users=[user_detail()]), report=report(row), answers=answers))

    assert account.password_policy == PasswordPolicy(minimum_length=14, reuse_prevention=24)
    [weak] = found("weak-password-policy", account)
    assert "lets passwords expire never" in weak.summary


def test_trap_34_other_partitions_have_arns_of_their_own():
    arn = f"arn:aws-cn:iam::{ACCOUNT}:user/alice"
    root = root_row(arn=f"arn:aws-cn:iam::{ACCOUNT}:root")
    row = report_row(arn=arn, **key_1(days_old=400))

    account = assemble(
        raw(
            page(users=[user_detail(Arn=arn)]),
            partition="aws-cn",
            report=report(root, row),
        )
    )

    [old] = found("access-key-rotation", account)
    [no_mfa] = found("root-without-mfa", account)
    assert old.resource.arn == arn
    assert no_mfa.resource.arn == f"arn:aws-cn:iam::{ACCOUNT}:root"
