import json
from datetime import timedelta

import pytest

from rolecall.model.completeness import Part, State
from rolecall.services.assemble import assemble
from rolecall.services.read_snapshot import Beside, read_snapshot
from rolecall.services.snapshot_document import SnapshotError
from tests.adapters.iam_answers import key_1, page, report_row, report_text, root_row, user_detail
from tests.builders import ACCOUNT, NOW, document

AUTHORIZATION_DETAILS = json.dumps(page(users=[user_detail()]), default=str)
REPORT = report_text(root_row(), report_row(**key_1(days_old=89)))
LATER = NOW + timedelta(days=2)


def snapshot(**members):
    given = {"account_id": ACCOUNT, "taken_at": "2026-11-23T12:00:00Z", "credential_report": REPORT}
    return json.dumps({**given, **members}, default=str)


def account(text, now=NOW, **beside):
    return assemble(read_snapshot(text, Beside(**beside), now))


def test_a_plain_answer_is_an_account_of_now():
    found = account(AUTHORIZATION_DETAILS)

    assert (found.id, found.partition, found.taken_at) == (ACCOUNT, "aws", NOW)
    assert [user.name for user in found.users] == ["alice"]
    assert found.lacks(Part.CREDENTIAL_REPORT)
    assert not found.gaps


def test_a_plain_answer_names_its_partition():
    detail = user_detail(Arn=f"arn:aws-us-gov:iam::{ACCOUNT}:user/alice")

    assert account(json.dumps(page(users=[detail]), default=str)).partition == "aws-us-gov"


def test_policies_of_aws_and_groups_without_an_account_do_not_say_whose_answer_it_is():
    answer = page(policies=[{"Arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"}])

    with pytest.raises(SnapshotError, match="does not say which account"):
        account(json.dumps(answer))


def test_what_is_given_beside_the_file_completes_it():
    arn = f"arn:aws:iam::{ACCOUNT}:user/alice"
    used = [{"ServiceNamespace": "s3", "LastAuthenticated": "2026-11-01T00:00:00+01:00"}]

    found = account(AUTHORIZATION_DETAILS, report=REPORT, last_accessed={arn: used})

    [(_, credentials)] = found.credentials()
    assert len(credentials.access_keys) == 1
    [access] = found.service_last_accessed[arn]
    assert str(access.last_used_at) == "2026-10-31 23:00:00+00:00"


def test_the_day_that_is_asked_for_decides_every_age():
    assert account(AUTHORIZATION_DETAILS, as_of=LATER).taken_at == LATER
    assert account(snapshot(), as_of=LATER).taken_at == LATER


def test_a_credential_report_alone_is_an_account_too():
    found = account(REPORT, as_of=NOW)

    assert [user.name for user in found.users] == ["alice"]
    assert found.root is not None
    assert found.lacks(Part.AUTHORIZATION_DETAILS)


def test_a_report_of_the_day_before_yesterday_is_stale():
    found = account(
        snapshot(credential_report_generated_at="2026-11-21T12:00:00Z"),
    )

    assert found.completeness(Part.CREDENTIAL_REPORT).state is State.STALE
    assert found.lacks(Part.CREDENTIAL_REPORT)


def test_everything_else_that_a_snapshot_may_hold_is_understood():
    found = account(
        snapshot(
            authorization_details=page(users=[user_detail()]),
            mfa_devices={"<root_account>": [{"SerialNumber": "GAHT12345678"}]},
            ssh_keys=[
                {
                    "UserName": "alice",
                    "SSHPublicKeyId": "APKAEXAMPLE",
                    "Status": "Active",
                    "UploadDate": "2026-01-01T00:00:00Z",
                }
            ],
            service_specific_credentials=[
                {
                    "UserName": "alice",
                    "ServiceName": "bedrock.amazonaws.com",
                    "ServiceCredentialAlias": "key",
                    "ServiceSpecificCredentialId": "ACCAEXAMPLE",
                    "Status": "Inactive",
                    "CreateDate": "2026-01-01T00:00:00Z",
                }
            ],
            password_policy=None,
            account_summary={"AccountMFAEnabled": 1},
            contacts=["SECURITY"],
            identity_providers=[{"Arn": f"arn:aws:iam::{ACCOUNT}:oidc-provider/ci.example.com"}],
            organization_policies={"scp": [[document()], [document("s3:*", effect="Deny")]]},
            people={"people": [{"user_name": "alice", "is_active": False}]},
        )
    )

    [alice] = found.users
    assert [key.id for key in alice.ssh_keys] == ["APKAEXAMPLE"]
    assert [str(each) for each in alice.service_specific_credentials] == [
        "bedrock credential ACCAEXAMPLE"
    ]
    assert [device.kind.value for device in found.root.credentials.mfa_devices] == [
        "hardware token"
    ]
    assert not found.password_policy.is_set
    assert found.completeness(Part.PASSWORD_POLICY).state is State.ABSENT
    assert found.contacts.has_security
    assert [provider.name for provider in found.identity_providers] == ["ci.example.com"]
    assert len(found.policy_set(alice).scps) == 2
    assert not found.people.find("Alice").is_active
    assert not found.gaps


def test_a_part_that_makes_no_sense_is_a_gap_and_spoils_no_other():
    found = account(snapshot(ssh_keys=[{}], account_summary={"Users": 1}))

    [gap] = found.gaps
    assert gap.part == Part.SSH_KEYS
    assert found.summary == {"Users": 1}


def test_what_could_not_be_read_when_the_snapshot_was_taken_stays_a_gap():
    denied = {"state": "denied", "reason": "AccessDenied: no", "call": "iam:ListSSHPublicKeys"}

    found = account(snapshot(completeness={"ssh-keys": denied}))

    [gap] = found.gaps
    assert (gap.part, gap.call) == (Part.SSH_KEYS, "iam:ListSSHPublicKeys")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("no", "neither JSON nor a credential report"),
        ("[]", "should be a JSON object"),
        ("{}", "it has no account_id"),
        ('{"UserDetailList": 1}', "UserDetailList should be a list"),
        ('{"account_id": "111122223333"}', "taken_at should be text"),
        ('{"account_id": "1", "taken_at": "2026-11-23T12:00:00Z"}', "twelve digits"),
        ('{"account_id": "111122223333", "taken_at": "2026-11-23"}', "time zone"),
        (snapshot(credential_report=None), "neither authorization details nor a credential"),
        (snapshot(version=2), "newer than this program"),
        (snapshot(credential_report=["x"]), "credential_report should be"),
        (snapshot(authorization_details=[]), "authorization_details should be an object"),
        (snapshot(people={}), "people makes no sense"),
        (snapshot(organization={}), "organization makes no sense"),
    ],
)
def test_says_what_is_wrong_with_a_file(text, problem):
    with pytest.raises(SnapshotError, match=problem):
        account(text)


@pytest.mark.parametrize(
    "keys", [{"alice": ["AKIA"]}, {"alice": [{"AccessKeyId": "AKIA"}]}, ["alice"], {"alice": 1}]
)
def test_listed_keys_that_make_no_sense_spoil_nothing_else(keys):
    found = account(snapshot(authorization_details=page(users=[user_detail()]), access_keys=keys))

    assert [user.name for user, _ in found.credentials()] == ["alice"]
    assert found.misses(Part.ACCESS_KEY_IDS)


@pytest.mark.parametrize("name", [None, 7, ["alice"]])
def test_a_name_that_is_no_text_is_a_gap(name):
    found = account(snapshot(authorization_details=page(users=[user_detail(UserName=name)])))

    assert found.misses(Part.AUTHORIZATION_DETAILS)


def test_a_time_out_of_the_calendar_is_a_gap():
    early = user_detail(CreateDate="0001-01-01T00:00:00+02:00")

    assert account(snapshot(authorization_details=page(users=[early]))).misses(
        Part.AUTHORIZATION_DETAILS
    )


@pytest.mark.parametrize("beside", [True, False])
def test_the_credential_report_of_another_account_is_refused(beside):
    other = REPORT.replace(ACCOUNT, "999988887777")
    given = {"report": other} if beside else {}
    text = AUTHORIZATION_DETAILS if beside else snapshot(credential_report=other)

    with pytest.raises(SnapshotError, match="report is of account 999988887777, and all else of"):
        account(text, **given)


def test_a_row_of_another_path_is_not_the_users():
    moved = user_detail(Arn=f"arn:aws:iam::{ACCOUNT}:user/moved/alice")

    [alice] = account(snapshot(authorization_details=page(users=[moved]))).users

    assert alice.credentials is None


def test_a_report_that_was_fresh_when_the_snapshot_was_taken_is_so_later():
    found = account(snapshot(), as_of=LATER)

    assert found.taken_at == LATER
    assert not found.lacks(Part.CREDENTIAL_REPORT)
